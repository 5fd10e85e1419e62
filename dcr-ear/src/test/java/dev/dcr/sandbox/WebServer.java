package dev.dcr.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small HTTP server with routes. All its threads are daemons and bounded in number; so are the bodies it reads. */
public final class WebServer implements AutoCloseable {
    private static final int MAX_THREADS = 128;
    private static final int MAX_WAITING = 1024;
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    static {
        // read once by the JDK's server; without it each small reply on a kept connection waits for a delayed ACK
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor workers;
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final URI url;

    /** Answers the requests to one route. */
    @FunctionalInterface
    interface Handler {
        Reply handle(Call call);
    }

    private record Route(String method, Pattern path, Handler handler) {}

    private WebServer(HttpServer server, ThreadPoolExecutor workers, URI url) {
        this.server = server;
        this.workers = workers;
        this.url = url;
    }

    /** Listens on a free port of the loopback interface. */
    public static WebServer start() {
        try {
            return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Listens until closed.
     *
     * @param publicUrl what the server calls itself, without a trailing slash; empty for {@code http://localhost:port}
     * @throws IOException if the address is taken
     */
    static WebServer start(InetSocketAddress address, String publicUrl) throws IOException {
        var http = HttpServer.create(address, 0);
        var workers = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                WebServer::daemon);
        workers.allowCoreThreadTimeOut(true);
        var url = publicUrl.isEmpty() ? "http://localhost:" + http.getAddress().getPort() : publicUrl;
        var server = new WebServer(http, workers, URI.create(url));
        http.setExecutor(workers);
        http.createContext("/", server::serve);
        server.startAsDaemon();
        return server;
    }

    /** What the server calls itself, without a trailing slash. */
    public URI url() {
        return url;
    }

    /** The address of a path of this server. */
    public URI url(String path) {
        return URI.create(url + path);
    }

    /** Frees the port, drops every connection and ends the replies that are still under way. */
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    /** Adds a route; each {@code {}} in the path stands for one segment. */
    void route(String method, String path, Handler handler) {
        var pattern = Pattern.compile(path.replace("{}", "([^/]+)"));
        routes.add(new Route(method, pattern, handler));
    }

    private void startAsDaemon() {
        var starter = daemon(server::start); // the JDK's dispatcher thread is a daemon only if its creator is one
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "sandbox-http");
        thread.setDaemon(true);
        return thread;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange).send(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the server was closed").initCause(e);
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) return Reply.text(413, "a body is at most " + MAX_BODY_BYTES + " bytes\n");
        try {
            return dispatch(exchange, body);
        } catch (JsonException | IllegalArgumentException | ClassCastException e) {
            return Reply.text(400, "that cannot be read: " + e.getMessage() + "\n");
        }
    }

    private Reply dispatch(HttpExchange exchange, byte[] body) {
        var pathKnown = false;
        for (var route : routes) {
            Matcher path = route.path().matcher(exchange.getRequestURI().getPath());
            if (!path.matches()) continue;
            pathKnown = true;
            if (route.method().equals(exchange.getRequestMethod()))
                return route.handler().handle(new Call(exchange, path, body));
        }
        return pathKnown
                ? Reply.text(405, "not with this method; GET / lists what there is\n")
                : Reply.text(404, "nothing here; GET / lists what there is\n");
    }
}
