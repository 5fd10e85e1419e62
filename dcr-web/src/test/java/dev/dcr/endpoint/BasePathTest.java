package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.metrics.Answered;
import dev.dcr.metrics.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasePathTest {
    final EndpointServer server = new EndpointServer(Settings.basePath("/open-banking/v3.3"));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePrefixMovesTheEndpoint() {
        var reply = server.post("/open-banking/v3.3/register", "application/json", "{}");
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(reply.body()).matches(".*\"http://127.0.0.1:\\d+/open-banking/v3.3/register/abc\".*");
        assertThat(server.get("/open-banking/v3.3/register/abc").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/register", "/register/abc", "/open-banking/register", "/open-banking/v3.3register/abc"})
    void withoutThePrefixThereIsNothing(String path) {
        isRefused(server.get(path), 404, "invalid_request");
    }

    @Test
    void movedRequestsAreMeasured() {
        server.get("/open-banking/v3.3/register/abc");
        server.close();
        assertThat(server.answered).extracting(Answered::operation).containsExactly(Operation.READ);
    }
}
