package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.endpoint.FixedInitialAccessTokens.Asked;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialAccessTokenResourceTest {
    static final String PATH = "/admin/initial-access-tokens";

    final EndpointServer server = new EndpointServer(Settings.DEFAULTS, Settings.access(Optional.of("admin")));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenIsToldOnce() {
        var reply = ask("Bearer admin", "{\"expires_in\":60,\"uses\":5,\"policy\":{\"scope\":\"a b\"}}");
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(StrictJson.object(reply.body()))
                .isEqualTo(StrictJson.object("{\"initial_access_token\":\"iat\",\"expires_in\":60,"
                        + "\"expires_at\":1700000000,\"uses\":5}"));
        assertThat(server.tokens.asked)
                .containsExactly(new Asked(Duration.ofSeconds(60), 5, StrictJson.object("{\"scope\":\"a b\"}")));
    }

    @Test
    void aTokenIsUsuallyGoodOnceForAnHour() {
        ask("Bearer admin", "{}");
        assertThat(server.tokens.asked).containsExactly(new Asked(Duration.ofHours(1), 1, JsonValue.EMPTY_JSON_OBJECT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer other", "Bearer", "Basic YWRtaW46YWRtaW4="})
    void anotherCallerIsRefused(String authorization) {
        isRefused(ask(authorization, "{}"), 401, "invalid_token");
        assertThat(server.tokens.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"expires_in\":0}",
                "{\"expires_in\":31536001}",
                "{\"expires_in\":\"60\"}",
                "{\"expires_in\":1.5}",
                "{\"uses\":-1}",
                "{\"uses\":1000001}",
                "{\"uses\":18446744073709551617}",
                "{\"uses\":null}",
                "{\"policy\":[]}",
                "{\"lifetime\":60}"
            })
    void whatCannotBeIssuedIsAnInvalidRequest(String body) {
        isRefused(ask("Bearer admin", body), 400, "invalid_request");
        assertThat(server.tokens.asked).isEmpty();
    }

    @Test
    void signedRequestsAreForRegistrations() {
        isRefused(
                server.send(server.to(PATH, "Authorization", "Bearer admin", "Content-Type", "application/jwt")
                        .POST(BodyPublishers.ofString("e30.e30.c2ln"))),
                415,
                "invalid_request");
    }

    @Test
    void withoutAnAdministrativeTokenThereIsNothingHere() {
        try (var closed = new EndpointServer(Settings.DEFAULTS)) {
            isRefused(
                    closed.send(closed.to(PATH, "Authorization", "Bearer admin", "Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"))),
                    404,
                    "invalid_request");
        }
    }

    private HttpResponse<String> ask(String authorization, String body) {
        return server.send(server.to(PATH, "Authorization", authorization, "Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
