package dev.dcr.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What lies between a server and its PostgreSQL: passes bytes on until a test disturbs it. It looks no further into the
 * protocol than to see that a connection is asked to commit.
 */
final class Wire implements AutoCloseable {
    private static final int STEP_MILLIS = 20;

    private final ServerSocket listening;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean silent;
    private volatile Duration delay = Duration.ZERO;
    private volatile AtCommit atCommit = AtCommit.PASS;

    /** What becomes of the next commit. */
    enum AtCommit {
        PASS,
        /** The database never hears of it. */
        CUT_BEFORE,
        /** The database carries it out, and its reply is lost. */
        CUT_AFTER
    }

    private Wire(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** A wire to this port of this machine. */
    static Wire to(int port) {
        try {
            var wire = new Wire(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port);
            start(wire::accept);
            return wire;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks all connections, and from now on each new one at once. */
    void cut() {
        cut = true;
        breakAll();
    }

    /** Breaks all connections; new ones are welcome. */
    void breakAll() {
        links.forEach(Link::close);
    }

    /** Connections stay and are accepted, and nothing comes through any more. */
    void silence() {
        silent = true;
    }

    /** Each reply of the database comes so much later. */
    void slow(Duration by) {
        delay = by;
    }

    /** Does this to the next commit of a change of a client, and passes on the ones after it. */
    void nextCommit(AtCommit what) {
        atCommit = what;
    }

    /** Passes everything on from now on, what was held back included. */
    void mend() {
        atCommit = AtCommit.PASS;
        delay = Duration.ZERO;
        silent = false;
        cut = false;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cut();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var link = new Link(listening.accept());
                if (cut) link.close();
                else start(link::open);
            } catch (IOException closed) {
                // the loop ends
            }
        }
    }

    private synchronized AtCommit takeAtCommit() {
        var taken = atCommit;
        atCommit = AtCommit.PASS;
        return taken;
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection of the server's, and its continuation to the database. */
    private final class Link {
        private final Socket server;
        private final Socket database = new Socket();
        private volatile boolean replyIsLost;
        private boolean changesAClient;

        Link(Socket server) {
            this.server = server;
            links.add(this);
        }

        void open() {
            try {
                await(Duration.ZERO);
                database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                server.setTcpNoDelay(true);
                database.setTcpNoDelay(true);
                start(() -> carry(database, server, false));
                carry(server, database, true);
            } catch (IOException broken) {
                close();
            }
        }

        private void carry(Socket from, Socket to, boolean request) {
            var buffer = new byte[1 << 16];
            try {
                for (var n = from.getInputStream().read(buffer);
                        n >= 0;
                        n = from.getInputStream().read(buffer)) {
                    await(request ? Duration.ZERO : delay);
                    if (request && commitsAClient(buffer, n)) {
                        var what = takeAtCommit();
                        if (what == AtCommit.CUT_BEFORE) break;
                        replyIsLost = what == AtCommit.CUT_AFTER;
                    }
                    if (!request && replyIsLost) break;
                    to.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException broken) {
                // as good as closed
            }
            close();
        }

        /** Whether a change of a client ends here. The server commits for itself, too: it seals the audit trail. */
        private boolean commitsAClient(byte[] bytes, int length) {
            if (atCommit == AtCommit.PASS) return false;
            var sent = new String(bytes, 0, length, ISO_8859_1);
            changesAClient |= sent.contains("redirect_uris");
            if (!sent.contains("COMMIT")) return false;
            var was = changesAClient;
            changesAClient = false;
            return was;
        }

        /** Waits for the delay to pass and the silence to end. */
        private void await(Duration until) throws IOException {
            var end = System.nanoTime() + until.toNanos();
            try {
                while (silent || System.nanoTime() - end < 0) {
                    if (server.isClosed()) throw new IOException("closed meanwhile");
                    TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }

        void close() {
            links.remove(this);
            try (server;
                    database) {
                // both are closed, whatever state they are in
            } catch (IOException broken) {
                // so they were
            }
        }
    }
}
