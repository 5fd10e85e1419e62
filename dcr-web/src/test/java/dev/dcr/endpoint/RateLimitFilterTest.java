package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.config.RateLimitConfig;
import dev.dcr.metrics.SlowedDown;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitFilterTest {

    @Test
    @Tag("RFC7591-3-rate")
    void tooManyRequestsAre429WithRetryAfter() {
        try (var server = new EndpointServer(Settings.rateLimit(1, 1))) {
            assertThat(server.get("/register/abc").statusCode()).isEqualTo(200);
            var reply = server.get("/register/abc");
            isRefused(reply, 429, "slow_down");
            assertThat(reply.headers().firstValue("Retry-After")).contains("60");
        }
    }

    @Test
    void parametersOfPathSegmentsAreNoWayAroundIt() {
        try (var server = new EndpointServer(Settings.rateLimit(1, 1))) {
            assertThat(server.get("/register;x/abc;y=1").statusCode()).isEqualTo(200);
            isRefused(server.get("/register;z/abc"), 429, "slow_down");
        }
    }

    @Test
    void withoutALimitNobodyWaits() {
        try (var server = new EndpointServer(Settings.NO_LIMIT)) {
            for (var i = 0; i < 50; i++)
                assertThat(server.get("/register/abc").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aClientPaysForItselfAndNotItsNeighbours() {
        try (var server = new EndpointServer(new RateLimitConfig(1, 1, 0, 2))) {
            for (var client : List.of("one", "two", "three"))
                for (var i = 0; i < 2; i++)
                    assertThat(server.get("/register/" + client).statusCode()).isEqualTo(200);
            isRefused(server.get("/register/one"), 429, "slow_down");
            assertThat(server.slowedDown).containsExactly(SlowedDown.CLIENT);
            assertThat(server.get("/register/four").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFailureBeforeTheTokenIsCheckedIsPaidByTheSource() {
        try (var server = new EndpointServer(new RateLimitConfig(1, 1, 0, 2))) {
            for (var i = 0; i < 2; i++)
                assertThat(server.get("/register/one", "Accept", "text/html").statusCode())
                        .isEqualTo(406);
            isRefused(server.get("/register/two"), 429, "slow_down");
            assertThat(server.slowedDown).containsExactly(SlowedDown.SOURCE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/register",
                "/register?dry_run=true",
                "/register/",
                "/register//",
                "/register;x",
                "/register/;x",
                "/register/abc/..",
                "/register/abc",
                "/admin/initial-access-tokens"
            })
    void theTokenOfAClientSparesManagementAlone(String elsewhere) {
        try (var server = new EndpointServer(new RateLimitConfig(1, 100, 0, 2))) {
            var authorization = new String[] {"Authorization", "Bearer known", "Content-Type", "application/json"};
            assertThat(server.get("/register/abc", authorization).statusCode()).isEqualTo(200);
            for (var i = 0; i < 2; i++)
                assertThat(server.get("/register/abc", "Accept", "text/html").statusCode())
                        .isEqualTo(406);
            isRefused(
                    server.send(server.to(elsewhere, authorization).POST(BodyPublishers.ofString("{}"))),
                    429,
                    "slow_down");
            assertThat(server.registrar.calls).hasSize(1);
            assertThat(server.get("/register/abc", authorization).statusCode()).isEqualTo(200);
            isRefused(server.get("/admin/audit", authorization), 429, "slow_down");
        }
    }
}
