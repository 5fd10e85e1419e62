package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
        try (var server = new EndpointServer(Settings.DEFAULTS)) {
            for (var i = 0; i < 50; i++)
                assertThat(server.get("/register/abc").statusCode()).isEqualTo(200);
        }
    }
}
