package dev.dcr.extension;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A service on the loopback interface that answers as it is told and remembers what it was sent. */
class FakeService implements AutoCloseable {
    private static final Pattern REQUEST_ID = Pattern.compile("\"requestId\":\"([^\"]+)\"");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> users = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = (exchange, request) -> answer(exchange, 500, "");

    interface Behaviour {
        void handle(HttpExchange exchange, Received request) throws IOException;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(String method, String path, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            var copy = new Headers();
            copy.putAll(headers);
            return copy.getFirst(name);
        }

        String text() {
            return new String(body, UTF_8);
        }

        String requestId() {
            var id = REQUEST_ID.matcher(text());
            return id.find() ? id.group(1) : "";
        }
    }

    FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            var request = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            received.add(request);
            behaviour.handle(exchange, request);
        });
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    FakeService behaves(Behaviour other) {
        behaviour = other;
        return this;
    }

    /** Each reply is this text, with {@code $ID} standing for the request's identifier. */
    FakeService answers(int status, String body) {
        return behaves((exchange, request) -> answer(exchange, status, body.replace("$ID", request.requestId())));
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, body.getBytes(UTF_8));
    }

    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Ends the connection without another byte; the server's own {@code close} would send an end of chunks. */
    @SuppressWarnings("DoNotCallSuggester") // a behaviour, called by the server alone
    static void hangUp(HttpExchange exchange, Received request) {
        throw new IllegalStateException("hangs up");
    }

    static void await(CountDownLatch gate) {
        try {
            if (!gate.await(30, TimeUnit.SECONDS)) throw new AssertionError("nobody opened the gate");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Callers on so many threads, all of them begun. */
    static <T> List<Future<T>> started(int threads, Callable<T> call) throws InterruptedException {
        var begun = new CountDownLatch(threads);
        var callers = Executors.newFixedThreadPool(threads);
        var calls = IntStream.range(0, threads)
                .mapToObj(i -> callers.submit(() -> {
                    begun.countDown();
                    return call.call();
                }))
                .toList();
        callers.shutdown();
        begun.await();
        return calls;
    }

    List<Received> received() {
        return received;
    }

    Received only() {
        if (received.size() != 1) throw new AssertionError("expected one request, got " + received.size());
        return received.get(0);
    }

    /** The feature, set up to call this service. */
    Asked asked() {
        return new Asked(this);
    }

    void closesToo(AutoCloseable user) {
        users.add(user);
    }

    @Override
    public void close() throws Exception {
        for (var user : users) user.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
