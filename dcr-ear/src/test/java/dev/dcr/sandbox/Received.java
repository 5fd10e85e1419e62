package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that reached the extension service, authorised or not. */
public final class Received {
    private final Point point;
    private final Instant at = Instant.now();
    private final InetSocketAddress sender;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Received(Point point, Call call) {
        this.point = point;
        this.sender = call.sender();
        this.headers = call.headers();
        this.body = call.body();
    }

    public Point point() {
        return point;
    }

    public Instant at() {
        return at;
    }

    /** Address and port at the other end of the connection. */
    public InetSocketAddress sender() {
        return sender;
    }

    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The body's bytes as they came. */
    public byte[] body() {
        return body.clone();
    }

    /** The first header of this name, in any case. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().get(0))
                .findFirst();
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /**
     * The body as JSON.
     *
     * @throws jakarta.json.JsonException if it is no JSON object
     */
    public JsonObject json() {
        return Json.object(body);
    }

    /** {@code requestId}; empty text where there is none. */
    public String requestId() {
        return json().getString("requestId", "");
    }

    /** {@code data.clientData}; empty where there is none. */
    public JsonObject clientData() {
        return data("clientData");
    }

    /** A member of {@code data}; empty where there is none. */
    public JsonObject data(String member) {
        var data = json().getOrDefault("data", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
        return data.getOrDefault(member, JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    }
}
