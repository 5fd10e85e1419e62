package dev.dcr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Talks to a registration endpoint over HTTP, as a client of it does: RFC 7591 to register, RFC 7592 to manage. Headers
 * given to a call win over its own; a header with an empty value is not sent.
 */
public final class RegistrationClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final URI endpoint;
    private final HttpClient http;

    /** @param endpoint where clients register: {@code http://localhost:8080/register} */
    public RegistrationClient(URI endpoint) {
        this(endpoint, HTTP);
    }

    /** Over connections of its own, which a certificate authenticates for example. */
    RegistrationClient(URI endpoint, HttpClient http) {
        this.endpoint = endpoint;
        this.http = http;
    }

    /** RFC 7591 §3.1, without any token. */
    public RegistrationReply create(JsonObject metadata) {
        return create(metadata, Map.of());
    }

    public RegistrationReply create(JsonObject metadata, Map<String, String> headers) {
        return send("POST", endpoint, text(metadata.toString()), headers("application/json", headers));
    }

    /** A signed request in compact form, as {@code application/jwt}. */
    public RegistrationReply create(String jwt) {
        return send("POST", endpoint, text(jwt), headers("application/jwt", Map.of()));
    }

    /** RFC 7592 §2.1. */
    public RegistrationReply read(String clientId, String token) {
        return send("GET", client(clientId), BodyPublishers.noBody(), bearer(token));
    }

    /** RFC 7592 §2.2. */
    public RegistrationReply replace(String clientId, String token, JsonObject metadata) {
        return send("PUT", client(clientId), text(metadata.toString()), headers("application/json", bearer(token)));
    }

    /** An update by a signed request in compact form. */
    public RegistrationReply replace(String clientId, String token, String jwt) {
        return send("PUT", client(clientId), text(jwt), headers("application/jwt", bearer(token)));
    }

    /** RFC 7592 §2.3. */
    public RegistrationReply delete(String clientId, String token) {
        return send("DELETE", client(clientId), BodyPublishers.noBody(), bearer(token));
    }

    /** Anything else: any method and path below the endpoint, any body, any headers. */
    public RegistrationReply send(String method, String path, byte[] body, Map<String, String> headers) {
        return send(method, URI.create(endpoint + path), BodyPublishers.ofByteArray(body), headers);
    }

    /** {@code Authorization: Bearer}. */
    public static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private URI client(String clientId) {
        return URI.create(endpoint + "/" + clientId);
    }

    private static BodyPublisher text(String body) {
        return BodyPublishers.ofString(body, UTF_8);
    }

    private static Map<String, String> headers(String mediaType, Map<String, String> given) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", mediaType);
        headers.putAll(given);
        return headers;
    }

    private RegistrationReply send(String method, URI target, BodyPublisher body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(target).timeout(PATIENCE).method(method, body);
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) request.header(name, value);
        });
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return seen(new RegistrationReply(
                    response.statusCode(), response.headers(), new String(response.body(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    (IOException) new InterruptedIOException(method + " " + target).initCause(e));
        }
    }

    /** A success may hand out secrets; nothing else tells one, least of all an error. */
    private static RegistrationReply seen(RegistrationReply reply) {
        if (reply.status() / 100 == 2) Secrets.SEEN.inReply(reply.body());
        else if (!Secrets.SEEN.in(reply.body()).isEmpty())
            throw new AssertionError("an error tells a secret: " + reply.body());
        return reply;
    }
}
