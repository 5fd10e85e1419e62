package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.RegistrationError.PreconditionFailed;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.json.StrictJson;
import dev.dcr.registration.DryRun;
import dev.dcr.registration.Precondition;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoint adds to RFC 7591 and RFC 7592: entity tags, preconditions and dry runs. */
class ManagementAdditionsTest {
    EndpointServer server;

    @BeforeEach
    void start() {
        server = new EndpointServer(Settings.DEFAULTS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** RFC 9110 §8.8.3. */
    @Test
    void aClientComesWithItsEntityTag() {
        assertThat(server.post("/register", "application/json", "{}").headers().firstValue("ETag"))
                .contains("\"7\"");
        assertThat(server.get("/register/abc").headers().firstValue("ETag")).contains("\"7\"");
        assertThat(put("/register/abc").headers().firstValue("ETag")).contains("\"7\"");
    }

    @Test
    void ifMatchReachesTheDomain() {
        put("/register/abc", "If-Match", "\"6\", \"7\"");
        server.delete("/register/abc", "If-Match", "\"7\"");
        server.delete("/register/abc", "If-Match", "*");
        assertThat(server.registrar.calls)
                .extracting(heard -> heard.call().precondition())
                .containsExactly(Precondition.oneOf(Set.of(6L, 7L)), Precondition.oneOf(Set.of(7L)), Precondition.NONE);
    }

    /** RFC 9110 §15.5.13. */
    @Test
    void anotherVersionIs412() {
        server.registrar.failure = new RegistrationRefused(new PreconditionFailed("another version"));
        isRefused(put("/register/abc", "If-Match", "\"6\""), 412, "precondition_failed");
    }

    @Test
    void aMalformedIfMatchIs400() {
        isRefused(put("/register/abc", "If-Match", "7"), 400, "invalid_request");
        isRefused(server.delete("/register/abc", "If-Match", "7"), 400, "invalid_request");
        assertThat(server.registrar.calls).isEmpty();
    }

    /** 201 would say that something was created (RFC 9110 §15.3.2). */
    @Test
    void aDryRunOfRegisteringAnswers200WithoutAClient() {
        var reply = server.post("/register?dry_run=true", "application/json", "{}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(StrictJson.object(reply.body())).isEqualTo(FixedRegistrar.METADATA);
        assertThat(reply.headers().map()).doesNotContainKey("etag").containsKey("cache-control");
        assertThat(server.registrar.calls)
                .singleElement()
                .satisfies(heard -> assertThat(heard.dryRun()).contains(DryRun.OWN_RULES));
    }

    @Test
    void aDryRunOfReplacingIsNoReplacing() {
        assertThat(put("/register/abc?dry_run=true").statusCode()).isEqualTo(200);
        assertThat(server.registrar.calls).singleElement().satisfies(heard -> {
            assertThat(heard.clientId()).isEqualTo("abc");
            assertThat(heard.dryRun()).contains(DryRun.OWN_RULES);
        });
    }

    @Test
    void theExtensionIsAskedWhereTheCallerWantsIt() {
        put("/register/abc?dry_run=with_extension");
        server.post("/register?dry_run=with_extension", "application/json", "{}");
        assertThat(server.registrar.calls)
                .hasSize(2)
                .allSatisfy(heard -> assertThat(heard.dryRun()).contains(DryRun.WITH_EXTENSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dry_run", "dry_run=", "dry_run=false", "dry_run=True", "dry_run=true&dry_run=true"})
    void anyOtherDryRunIsRefusedAndNotTakenForEarnest(String query) {
        isRefused(server.post("/register?" + query, "application/json", "{}"), 400, "invalid_request");
        isRefused(put("/register/abc?" + query), 400, "invalid_request");
        assertThat(server.registrar.calls).isEmpty();
    }

    @Test
    void readingAndDeletingHaveNoDryRun() {
        isRefused(server.get("/register/abc?dry_run=true"), 400, "invalid_request");
        isRefused(server.delete("/register/abc?dry_run=true"), 400, "invalid_request");
        assertThat(server.registrar.calls).isEmpty();
    }

    @Test
    void metricsDoNotCountADryRunAsARegistration() {
        server.post("/register?dry_run=true", "application/json", "{}");
        server.close(); // lets the request come to its end
        assertThat(server.answered)
                .extracting(answered -> answered.operation().name())
                .containsExactly("DRY_RUN");
    }

    private HttpResponse<String> put(String path, String... headers) {
        return server.send(server.to(path, headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"client_id\":\"abc\"}")));
    }
}
