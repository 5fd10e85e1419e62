package dev.dcr.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this node in transactions, which no other node at the same database may bear. */
final class NodeName {
    private static final String PROPERTY = "jboss.tx.node.id";
    private static final int LONGEST = 23; // what the transaction manager takes

    private NodeName() {}

    /** Takes the host's name, unless the operator chose one. Of a long name it is the end that differs. */
    static void choose() {
        if (System.getProperty(PROPERTY) != null || System.getenv("JBOSS_TX_NODE_ID") != null) return;
        try {
            var host = InetAddress.getLocalHost().getHostName();
            System.setProperty(PROPERTY, host.substring(Math.max(0, host.length() - LONGEST)));
        } catch (UnknownHostException nameless) {
            System.setProperty(PROPERTY, "pid-" + ProcessHandle.current().pid());
        }
    }
}
