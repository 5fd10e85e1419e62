package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behind a trusted proxy on the same machine, with a rate limit for each source. Each test is a source of its own. */
class ProxyIT {
    private static final int BURST = 3;

    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> """
                [dcr]
                trusted_proxies = ["127.0.0.0/8", "::1/128"]
                unknown_metadata = "reject"
                [dcr.rate_limit]
                requests_per_minute = 1
                burst = %d
                [dcr.cors]
                allowed_origins = ["*"]
                """.formatted(BURST) + Scene.openRegistration());
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void limitsTheRequestsOfASource() {
        for (var i = 0; i < BURST; i++)
            assertThat(createFrom("192.0.2.1").status()).isEqualTo(201);
        var refused = createFrom("192.0.2.1");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error()).isEqualTo("slow_down");
        assertThat(refused.header("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 60));
        assertThat(createFrom("192.0.2.2").status()).isEqualTo(201);
    }

    @Test
    @DisplayName("what stands left of the proxy's own entry is hearsay")
    void cannotBeDeceivedByAForwardingHeaderOfTheSource() {
        for (var i = 0; i < BURST; i++)
            assertThat(createFrom("198.51.100." + i + ", 192.0.2.3").status()).isEqualTo(201);
        assertThat(createFrom("198.51.100.99, 192.0.2.3").status()).isEqualTo(429);
    }

    @Test
    void limitsGuessesOfTokensToo() {
        var source = Map.of("X-Forwarded-For", "192.0.2.4", "Authorization", "Bearer guess");
        for (var i = 0; i < BURST; i++)
            assertThat(client.send("GET", "/some-client", new byte[0], source).status())
                    .isEqualTo(401);
        assertThat(client.send("GET", "/some-client", new byte[0], source).status())
                .isEqualTo(429);
    }

    @Test
    void letsEverybodyReadTheDescription() {
        var server = new RegistrationClient(scene.server().http());
        for (var i = 0; i <= BURST; i++)
            assertThat(server.send("GET", "/openapi", new byte[0], Map.of("X-Forwarded-For", "192.0.2.5"))
                            .status())
                    .isEqualTo(200);
    }

    @Test
    void namesItselfAsTheRequestDidAndNotAsAForwardingHeaderDoes() {
        var reply = client.create(
                metadata().build(), Map.of("X-Forwarded-For", "192.0.2.6", "X-Forwarded-Host", "evil.example"));
        assertThat(reply.json().getString("registration_client_uri"))
                .isEqualTo(scene.server().http() + "/register/" + reply.clientId());
    }

    @Test
    @DisplayName("unknown_metadata = reject")
    void refusesEachMemberThatItDoesNotKnow() {
        var reply = client.create(
                json("{'redirect_uris': ['https://client.example/cb'], 'x_one': 1, 'x_two': {}, 'client_name#fr': 'A',"
                        + "'client_id': 'ignored'}"),
                Map.of("X-Forwarded-For", "192.0.2.7"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.violatedFields()).containsExactlyInAnyOrder("x_one", "x_two");
    }

    @Test
    @DisplayName("CORS: any origin")
    void letsAnyOriginRegister() {
        var headers = new HashMap<>(Map.of("X-Forwarded-For", "192.0.2.8", "Origin", "https://any.example"));
        assertThat(client.create(metadata().build(), headers).header("Access-Control-Allow-Origin"))
                .hasValue("*");
        headers.put("Access-Control-Request-Method", "POST");
        var preflight = client.send("OPTIONS", "", new byte[0], headers);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).hasValue("*");
    }

    private RegistrationReply createFrom(String forwardedFor) {
        return client.create(metadata().build(), Map.of("X-Forwarded-For", forwardedFor));
    }
}
