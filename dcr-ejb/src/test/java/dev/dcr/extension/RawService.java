package dev.dcr.extension;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A service on the loopback interface that decides about every byte of its replies. */
class RawService implements AutoCloseable {
    private static final Pattern REQUEST_ID = Pattern.compile("\"requestId\":\"([^\"]+)\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    /** What is sent on a connection after a request; when that returns, the next request is read. */
    interface Behaviour {
        void reply(Socket connection, OutputStream out, String request) throws IOException;
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> brokenOff = new CompletableFuture<>();
    private volatile Behaviour behaviour;

    RawService(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    RawService behaves(Behaviour other) {
        behaviour = other;
        return this;
    }

    /** Done when somebody has left in the middle of a reply. */
    CompletableFuture<Void> brokenOff() {
        return brokenOff;
    }

    /** A complete reply with these headers; {@code $ID} in the body stands for the request's identifier. */
    static Behaviour answering(String head, String body) {
        return (connection, out, request) -> {
            var text = body.replace("$ID", requestId(request));
            send(out, head + "\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        };
    }

    private static String requestId(String request) {
        var id = REQUEST_ID.matcher(request);
        return id.find() ? id.group(1) : "";
    }

    static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var connection = listening.accept();
                start(() -> serve(connection));
            } catch (IOException closed) {
                // the loop ends
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new DataInputStream(connection.getInputStream());
            while (!connection.isClosed()) {
                var request = request(in);
                try {
                    behaviour.reply(connection, connection.getOutputStream(), request);
                } catch (IOException e) {
                    brokenOff.complete(null);
                    return;
                }
            }
        } catch (IOException e) {
            // the caller has left
        }
    }

    private static String request(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) throw new EOFException();
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        var body = new byte[length.find() ? Integer.parseInt(length.group(1)) : 0];
        in.readFully(body);
        return head + new String(body, US_ASCII);
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "raw-service");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
