package dev.dcr.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts connections and resets each as soon as something is sent over it, as a crashing server does. */
public final class ResettingServer implements AutoCloseable {
    private final ServerSocket listening;
    private final AtomicInteger connections = new AtomicInteger();

    private ResettingServer(ServerSocket listening) {
        this.listening = listening;
    }

    /** Listens on a free port of the loopback interface. */
    public static ResettingServer start() {
        try {
            var server = new ResettingServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
            var thread = new Thread(server::resetAll, "sandbox-resetting");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address, without a trailing slash. */
    public URI url() {
        return URI.create("http://localhost:" + listening.getLocalPort());
    }

    /** How many connections were made to it. */
    public int connections() {
        return connections.get();
    }

    /** Frees the port. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void resetAll() {
        while (!listening.isClosed()) resetNext();
    }

    private void resetNext() {
        try (var connection = listening.accept()) {
            connections.incrementAndGet();
            connection.setSoLinger(true, 0); // closing then sends RST instead of FIN
            connection.setSoTimeout(5000);
            connection.getInputStream().read();
        } catch (IOException e) {
            // closed, or the caller went first
        }
    }
}
