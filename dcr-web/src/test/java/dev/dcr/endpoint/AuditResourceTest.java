package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.audit.AuditExport.Selection;
import dev.dcr.endpoint.FixedAudit.Asked;
import dev.dcr.json.StrictJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditResourceTest {
    private static final String PATH = "/admin/audit";
    private static final String VERIFICATION = PATH + "/verification";
    private static final String RE_ENCRYPTION = "/admin/client-secrets/re-encryption";

    private final EndpointServer server = new EndpointServer(Settings.DEFAULTS, Settings.access(Optional.of("admin")));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eventsAreLinesOfJson() {
        var reply = get(PATH);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(reply.body()).isEqualTo("{\"id\":1,\"action\":\"create\"}\n{\"id\":2,\"action\":\"delete\"}\n");
        assertThat(server.audit.exports)
                .containsExactly(new Selection(0, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void eventsAreChosenByNumberTimeAndClient() {
        get(PATH + "?after=5&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00%2B01:00&client_id=abc");
        assertThat(server.audit.exports)
                .containsExactly(new Selection(
                        5,
                        Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                        Optional.of(Instant.parse("2026-01-31T23:00:00Z")),
                        Optional.of("abc")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?from=yesterday", "?to=2026-01-01", "?after=-1", "?client=abc", "?client_id=a&client_id=b"})
    void whatCannotBeChosenIsAnInvalidRequest(String query) {
        isRefused(get(PATH + query), 400, "invalid_request");
        assertThat(server.audit.exports).isEmpty();
    }

    @Test
    void whoTakesNoLinesOfJsonGetsNone() {
        isRefused(get(PATH, "Accept", "application/json"), 406, "invalid_request");
        assertThat(get(PATH, "Accept", "application/x-ndjson").statusCode()).isEqualTo(200);
    }

    @Test
    void aVerificationTellsWhatIsWrongAndWhere() {
        var reply = post(VERIFICATION, "{\"anchor\":\"" + FixedAudit.HEAD + "\",\"after_seal\":3}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(StrictJson.object(reply.body()))
                .isEqualTo(StrictJson.object("{\"intact\":false,\"seals\":7,\"events\":1,\"unsealed_events\":0,"
                        + "\"anchor\":\"" + FixedAudit.HEAD + "\",\"problems\":1,"
                        + "\"findings\":[{\"seal\":7,\"event\":2,\"problem\":\"the event was removed\"}]}"));
        assertThat(server.audit.verifications).containsExactly(new Asked(Optional.of(FixedAudit.HEAD), 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"anchor\":\"7\"}",
                "{\"anchor\":7}",
                "{\"after_seal\":\"1\"}",
                "{\"after_seal\":-1}",
                "{\"after_seal\":99}",
                "{\"before\":1}"
            })
    void whatCannotBeVerifiedIsAnInvalidRequest(String body) {
        isRefused(post(VERIFICATION, body), 400, "invalid_request");
        assertThat(server.audit.verifications).isEmpty();
    }

    @Test
    void reEncryptionTellsHowManySecretsItWere() {
        var reply = post(RE_ENCRYPTION, "{}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(StrictJson.object(reply.body()))
                .isEqualTo(StrictJson.object("{\"complete\":true,\"re_encrypted\":3,\"busy\":0,\"unreadable\":0,"
                        + "\"audit_sealed\":true}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer other", "Bearer", "Basic YWRtaW46YWRtaW4="})
    void anotherCallerIsRefused(String authorization) {
        isRefused(server.send(server.to(PATH, "Authorization", authorization)), 401, "invalid_token");
        for (var path : new String[] {VERIFICATION, RE_ENCRYPTION})
            isRefused(
                    server.send(server.to(path, "Authorization", authorization, "Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"))),
                    401,
                    "invalid_token");
        assertThat(server.audit.exports).isEmpty();
        assertThat(server.audit.verifications).isEmpty();
        assertThat(server.reEncryption.asked).isZero();
    }

    @Test
    void withoutAnAdministrativeTokenThereIsNothingHere() {
        try (var closed = new EndpointServer(Settings.DEFAULTS)) {
            isRefused(closed.get(PATH, "Authorization", "Bearer admin"), 404, "invalid_request");
            assertThat(closed.audit.exports).isEmpty();
        }
    }

    private HttpResponse<String> get(String path, String... headers) {
        var request = server.to(path, "Authorization", "Bearer admin");
        return server.send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> post(String path, String body) {
        return server.send(server.to(path, "Authorization", "Bearer admin", "Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
