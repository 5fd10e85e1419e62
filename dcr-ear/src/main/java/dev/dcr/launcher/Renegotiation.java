package dev.dcr.launcher;

/**
 * A second handshake on a connection of TLS 1.2. It costs the server a private-key operation each time, past every limit
 * of connections and requests, and nothing here asks for one.
 */
final class Renegotiation {
    private static final String PROPERTY = "jdk.tls.rejectClientInitiatedRenegotiation";

    private Renegotiation() {}

    /** Ends the connection of a client that asks for one, unless the operator chose. The JDK looks once, at its first use of TLS. */
    static void refuse() {
        if (System.getProperty(PROPERTY) == null) System.setProperty(PROPERTY, "true");
    }
}
