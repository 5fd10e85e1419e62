package dev.dcr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Sandbox;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What the server talks to: a software directory, and an extension that answers after {@value #EXTENSION_MILLIS} ms
 * without holding a thread. Beside them a handler that does nothing but read a request and answer, on the same Undertow:
 * no server on it can be faster.
 */
final class Neighbours implements AutoCloseable {
    static final int EXTENSION_MILLIS = 20;
    static final String AUDIENCE = "https://dcr.benchmark.example";
    private static final Pattern REQUEST_ID = Pattern.compile("\"requestId\"\\s*:\\s*\"([^\"]+)\"");

    private final Sandbox sandbox = Sandbox.start(AUDIENCE);
    private final Undertow undertow;
    private final URI url;

    /** @param reply what the bare handler answers */
    Neighbours(String reply) throws IOException {
        var port = Http.freePort();
        url = URI.create("http://localhost:" + port);
        HttpHandler bare = exchange ->
                exchange.getRequestReceiver().receiveFullBytes((received, body) -> answer(received, 201, reply));
        HttpHandler extension = exchange -> exchange.getRequestReceiver()
                .receiveFullBytes((received, body) -> received.dispatch(SameThreadExecutor.INSTANCE, () -> {
                    received.getIoThread()
                            .executeAfter(
                                    () -> answer(received, 200, success(new String(body, UTF_8))),
                                    EXTENSION_MILLIS,
                                    TimeUnit.MILLISECONDS);
                }));
        undertow = Undertow.builder()
                .addHttpListener(port, "localhost")
                .setHandler(Handlers.path(bare).addPrefixPath("/extension", extension))
                .build();
        undertow.start();
    }

    Directory directory() {
        return sandbox.directory();
    }

    URI extension() {
        return url.resolve("/extension");
    }

    /** The bare handler. */
    Target bare() {
        return new Target("undertow", "", url.resolve("/register"), Neighbours::cpu, () -> Duration.ZERO);
    }

    /** The extension itself, for what it takes alone. */
    Target slow() {
        return new Target(
                "undertow",
                "",
                url.resolve("/extension/pre-process-client-creation"),
                Neighbours::cpu,
                () -> Duration.ZERO);
    }

    @Override
    public void close() {
        undertow.stop();
        sandbox.close();
    }

    /** All this runs in the process of the benchmark, which is idle while wrk works. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void answer(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(body);
    }

    private static String success(String request) {
        var id = REQUEST_ID.matcher(request);
        if (!id.find()) throw new IllegalArgumentException("a request without requestId");
        return "{\"responseId\":\"" + id.group(1)
                + "\",\"status\":\"SUCCESS\",\"data\":{\"clientData\":{\"risk_class\":\"low\"}}}";
    }
}
