package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a server of the sandbox sends back, well or badly behaved. */
@FunctionalInterface
public interface Reply {
    /** Sends this reply, or fails to in its own way. */
    void send(HttpExchange exchange) throws IOException, InterruptedException;

    static Reply json(int status, JsonValue json) {
        return bytes(status, "application/json", json.toString().getBytes(UTF_8));
    }

    static Reply text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }

    static Reply bytes(int status, String mediaType, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) exchange.getResponseBody().write(body);
        };
    }

    /** A status and nothing else. */
    static Reply empty(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Reply redirect(String location) {
        return empty(302).with("Location", location);
    }

    /** Drops the connection without a word. */
    static Reply drop() {
        return HttpExchange::close;
    }

    /** Announces a body of this length and drops the connection before its end. */
    static Reply truncated(int announced, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, announced);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        };
    }

    /** Never answers; the caller waits until it, or the server, gives up. */
    static Reply hang() {
        return exchange -> TimeUnit.DAYS.sleep(1);
    }

    /** Sends the body one byte at a time, so that each single read succeeds in time. */
    static Reply drip(byte[] body, Duration between) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            for (byte one : body) {
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
                TimeUnit.NANOSECONDS.sleep(between.toNanos());
            }
        };
    }

    /** The same reply, later. */
    default Reply after(Duration delay) {
        return exchange -> {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            send(exchange);
        };
    }

    /** The same reply with one more header. */
    default Reply with(String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().add(header, value);
            send(exchange);
        };
    }
}
