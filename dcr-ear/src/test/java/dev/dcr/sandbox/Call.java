package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** A request to a {@link WebServer}, its body read. */
final class Call {
    private final HttpExchange exchange;
    private final Matcher path;
    private final byte[] body;

    Call(HttpExchange exchange, Matcher path, byte[] body) {
        this.exchange = exchange;
        this.path = path;
        this.body = body;
    }

    byte[] body() {
        return body.clone();
    }

    /** What stands in the path where the route has its only {@code {}}. */
    String segment() {
        return path.group(1);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    Map<String, List<String>> headers() {
        return Map.copyOf(exchange.getRequestHeaders());
    }

    InetSocketAddress sender() {
        return exchange.getRemoteAddress();
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                .flatMap(query -> Optional.ofNullable(parameters(query).get(name)));
    }

    /** The body as {@code application/x-www-form-urlencoded}. */
    Map<String, String> form() {
        return parameters(new String(body, UTF_8));
    }

    /**
     * The body as a JSON object; no body is an empty one.
     *
     * @throws jakarta.json.JsonException if the body is no JSON
     */
    JsonObject json() {
        if (body.length == 0) return JsonValue.EMPTY_JSON_OBJECT;
        return Json.object(body);
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]), (first, second) -> first));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
