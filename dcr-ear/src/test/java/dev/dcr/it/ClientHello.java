package dev.dcr.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The first words of a TLS handshake (RFC 5246 §7.4.1.2) from a client that can do more than this platform's would ever
 * offer: any version before 1.3 and any cipher suite.
 *
 * @param version 0x0303 for TLS 1.2
 */
record ClientHello(int version, Collection<Integer> suites) {
    private static final int HANDSHAKE = 0x16;
    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM = 32;
    private static final int FALLBACK_SIGNAL = 0x5600;
    private static final int RENEGOTIATION_SIGNAL = 0x00ff;
    private static final byte[] EXTENSIONS = {
        0x00, 0x0a, 0x00, 0x08, 0x00, 0x06, 0x00, 0x1d, 0x00, 0x17, 0x00, 0x18, // groups: x25519, P-256, P-384
        0x00, 0x0b, 0x00, 0x02, 0x01, 0x00, // points: uncompressed
        0x00, 0x0d, 0x00, 0x10, 0x00, 0x0e, // signatures, from RSA-PSS and ECDSA down to SHA-1
        0x08, 0x04, 0x04, 0x03, 0x04, 0x01, 0x05, 0x01, 0x06, 0x01, 0x02, 0x01, 0x02, 0x03
    };

    /** All that were ever registered for TLS 1.2 and before, be they without encryption or without authentication. */
    static TreeSet<Integer> allSuites() {
        var suites = new TreeSet<Integer>();
        IntStream.rangeClosed(0x0001, 0x00c7).forEach(suites::add);
        IntStream.rangeClosed(0xc001, 0xc0b5).forEach(suites::add);
        IntStream.rangeClosed(0xcca8, 0xccae).forEach(suites::add);
        IntStream.rangeClosed(0xd001, 0xd005).forEach(suites::add);
        suites.remove(RENEGOTIATION_SIGNAL);
        suites.remove(FALLBACK_SIGNAL);
        return suites;
    }

    /** The suite that the server at this port of this machine chooses; empty if it ends the handshake. */
    Optional<Integer> choiceOf(int port) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(record());
            var in = new DataInputStream(socket.getInputStream());
            if (in.read() != HANDSHAKE) return Optional.empty();
            in.skipNBytes(2 + 2 + 1 + 3 + 2 + RANDOM); // record version, its length, type, its length, version
            in.skipNBytes(in.readUnsignedByte());
            return Optional.of(in.readUnsignedShort());
        }
    }

    private byte[] record() throws IOException {
        var hello = new ByteArrayOutputStream();
        var out = new DataOutputStream(hello);
        out.writeShort(version);
        out.write(new byte[RANDOM]);
        out.writeByte(0);
        out.writeShort(2 * suites.size());
        for (var suite : suites) out.writeShort(suite);
        out.writeShort(0x0100); // no compression
        out.writeShort(EXTENSIONS.length);
        out.write(EXTENSIONS);
        var record = new ByteArrayOutputStream();
        out = new DataOutputStream(record);
        out.writeByte(HANDSHAKE);
        out.writeShort(0x0301);
        out.writeShort(hello.size() + 4);
        out.writeInt(CLIENT_HELLO << 24 | hello.size());
        hello.writeTo(out);
        return record.toByteArray();
    }
}
