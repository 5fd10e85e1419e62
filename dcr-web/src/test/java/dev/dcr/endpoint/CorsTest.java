package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The CORS protocol of the Fetch standard. */
class CorsTest {
    static final String APP = "https://app.example";

    @Test
    void theReplyToAnAllowedOriginNamesIt() {
        try (var server = new EndpointServer(Settings.allowedOrigins(APP))) {
            var reply = server.get("/register/abc", "Origin", APP);
            assertThat(reply.headers().allValues("Access-Control-Allow-Origin")).containsExactly(APP);
            assertThat(reply.headers().allValues("Vary")).containsExactly("Origin");
            assertThat(reply.headers().map()).doesNotContainKey("access-control-allow-credentials");
        }
    }

    @Test
    void errorsAreReadableToo() {
        try (var server = new EndpointServer(Settings.allowedOrigins(APP))) {
            var reply = server.get("/register", "Origin", APP);
            assertThat(reply.statusCode()).isEqualTo(405);
            assertThat(reply.headers().allValues("Access-Control-Allow-Origin")).containsExactly(APP);
        }
    }

    @Test
    void anAllowedOriginsPreflightIsAnswered() {
        try (var server = new EndpointServer(Settings.allowedOrigins(APP))) {
            var reply = preflight(server, APP);
            assertThat(reply.statusCode()).isEqualTo(204);
            assertThat(reply.headers().allValues("Access-Control-Allow-Origin")).containsExactly(APP);
            assertThat(reply.headers().firstValue("Access-Control-Allow-Methods"))
                    .hasValueSatisfying(methods -> assertThat(methods).contains("PUT", "DELETE"));
            assertThat(reply.headers().firstValue("Access-Control-Allow-Headers"))
                    .hasValueSatisfying(headers -> assertThat(headers).contains("Authorization", "Content-Type"));
            assertThat(reply.headers().firstValue("Access-Control-Max-Age")).isPresent();
            assertThat(server.registrar.calls).isEmpty();
        }
    }

    @Test
    void anotherOriginGetsNothing() {
        try (var server = new EndpointServer(Settings.allowedOrigins(APP))) {
            assertThat(preflight(server, "https://evil.example").headers().map())
                    .doesNotContainKeys("access-control-allow-origin", "access-control-allow-methods");
            assertThat(server.get("/register/abc", "Origin", "https://app.example.evil.example")
                            .headers()
                            .map())
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void theStarAllowsAnybody() {
        try (var server = new EndpointServer(Settings.allowedOrigins("*"))) {
            assertThat(preflight(server, "https://any.example").headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly("*");
        }
    }

    @Test
    void otherPathsAreNotShared() {
        try (var server = new EndpointServer(Settings.allowedOrigins("*"))) {
            assertThat(server.get("/admin/initial-access-tokens", "Origin", APP)
                            .headers()
                            .map())
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    private static HttpResponse<String> preflight(EndpointServer server, String origin) {
        return server.send(server.to(
                        "/register/abc",
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "PUT",
                        "Access-Control-Request-Headers",
                        "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
