package dev.dcr.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Has a running server make an initial access token. */
final class TokenRequest {
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:initial_access_)?token\"\\s*:\\s*\"([A-Za-z0-9._~+/=-]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI endpoint;
    private final String adminToken;

    TokenRequest(Optional<String> server, Configuration configuration) throws Refusal {
        endpoint = URI.create(server.orElseGet(TokenRequest::ofThisMachine) + "/admin/initial-access-tokens");
        adminToken = configuration
                .adminToken()
                .orElseThrow(() -> new Refusal("dcr.admin.token: not set; the server makes no token without it"));
    }

    /** The token, which is shown this once. */
    String send(CommandLine.InitialAccessToken asked) throws Refusal, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + adminToken)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"expires_in\": %d, \"uses\": %d}".formatted(asked.expiresIn(), asked.uses())))
                .build();
        try {
            var reply = HttpClient.newBuilder().connectTimeout(PATIENCE).build().send(request, BodyHandlers.ofString());
            return token(reply);
        } catch (IOException unreachable) {
            throw new Refusal(endpoint + " does not answer: " + unreachable);
        }
    }

    private String token(HttpResponse<String> reply) throws Refusal {
        var token = TOKEN.matcher(reply.body());
        if (reply.statusCode() == 201 && token.find()) return token.group(1);
        throw new Refusal("%s answered %d: %s".formatted(endpoint, reply.statusCode(), reply.body()));
    }

    private static String ofThisMachine() {
        return "http://localhost:"
                + Optional.ofNullable(System.getenv("DCR_HTTP_PORT")).orElse("8080");
    }
}
