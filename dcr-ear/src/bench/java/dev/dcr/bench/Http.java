package dev.dcr.bench;

import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Single requests, to prepare what is measured and to see that it answers. */
final class Http {
    /** To verify an audit trail of a million events takes minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /**
     * Sends a request and demands a status.
     *
     * @param authorization value of the header; empty for none
     * @return the body
     */
    static String send(int expected, String method, URI target, String authorization, String type, String body)
            throws IOException, InterruptedException {
        var response = exchange(method, target, authorization, type, body);
        if (response.statusCode() != expected)
            throw new IllegalStateException(
                    method + " " + target + " was answered " + response.statusCode() + ": " + response.body());
        return response.body();
    }

    /** Whether a request is answered with this status; anything else, no connection for example, is no. */
    static boolean answers(int expected, String method, URI target, String body) {
        try {
            return exchange(method, target, "", "application/json", body).statusCode() == expected;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@code client_id} of a reply. */
    static String clientId(String reply) {
        try (var reader = READERS.createReader(new StringReader(reply))) {
            return reader.readObject().getString("client_id");
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> exchange(
            String method, URI target, String authorization, String type, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) request.header("Authorization", authorization);
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
