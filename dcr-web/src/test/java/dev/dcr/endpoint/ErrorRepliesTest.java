package dev.dcr.endpoint;

import static dev.dcr.endpoint.RegisterResourceTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.AccessDenied;
import dev.dcr.error.RegistrationError.Conflict;
import dev.dcr.error.RegistrationError.ExtensionBroke;
import dev.dcr.error.RegistrationError.InsufficientScope;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationError.RefusedByExtension;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import dev.dcr.json.StrictJson;
import jakarta.ejb.EJBException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.resource.ResourceException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorRepliesTest {
    final EndpointServer server = new EndpointServer(Settings.DEFAULTS);

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new InvalidToken("no"), 401, "invalid_token"),
                Arguments.of(new InsufficientScope("no"), 403, "insufficient_scope"),
                Arguments.of(new AccessDenied("no"), 403, "access_denied"),
                Arguments.of(new Conflict("no"), 409, "conflict"),
                Arguments.of(new ExtensionBroke("no"), 502, "server_error"),
                Arguments.of(new Unavailable("no", Duration.ofSeconds(7)), 503, "temporarily_unavailable"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @Tag("RFC7591-3.2.2-status")
    @Tag("OIDCR-3.3-errors")
    void eachRefusalHasItsStatusAndCode(RegistrationError error, int status, String code) {
        isRefused(refused(error), status, code);
    }

    /** RFC 7591 §3.2.2. */
    @Test
    @Tag("RFC7591-3.2.2-error")
    @Tag("RFC7591-3.2.2-members")
    void allViolationsAreTold() {
        server.registrar.failure = RegistrationRefused.rejecting(
                Violation.metadata("contacts", "wrong_type", "contacts must be a list"),
                Violation.redirectUri("redirect_uris[1]", "not_https", "redirect_uris[1] must be https"));
        var reply = server.post("/register", "application/json", "{}");
        isRefused(reply, 400, "invalid_redirect_uri");
        assertThat(json(reply).getString("error_description"))
                .isEqualTo("contacts must be a list; redirect_uris[1] must be https");
        assertThat(json(reply).getJsonArray("violations"))
                .extracting(JsonValue::toString)
                .containsExactly(
                        "{\"field\":\"contacts\",\"code\":\"wrong_type\",\"message\":\"contacts must be a list\"}",
                        "{\"field\":\"redirect_uris[1]\",\"code\":\"not_https\",\"message\":\"redirect_uris[1] must be https\"}");
    }

    @Test
    void anExtensionsRefusalIsAViolationToo() {
        var reply = refused(new RefusedByExtension(403, Kind.INVALID_CLIENT_METADATA, "not with us"));
        isRefused(reply, 403, "invalid_client_metadata");
        assertThat(json(reply).getJsonArray("violations")).hasSize(1);
    }

    /** RFC 9110 §15.5.2: "MUST send a WWW-Authenticate header field"; it was not the token, so RFC 6750 §3.1 has no error. */
    @Test
    void anExtensionsRefusalBy401Challenges() {
        server.registrar.failure =
                new RegistrationRefused(new RefusedByExtension(401, Kind.INVALID_CLIENT_METADATA, "not with us"));
        var reply = server.get("/register/abc", "Authorization", "Bearer abc");
        isRefused(reply, 401, "invalid_client_metadata");
        assertThat(reply.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"dcr\"");
    }

    /** RFC 7591 §3.2.2: ASCII without quotation mark and backslash. */
    @Test
    @Tag("RFC7591-3.2.2-error_description")
    void theDescriptionIsPlainAscii() {
        var reply =
                refused(new RefusedByExtension(400, Kind.INVALID_CLIENT_METADATA, "\u00e9t\u00e9 \"\\\n\ud83d\ude00"));
        assertThat(json(reply).getString("error_description")).isEqualTo("?t? ????");
    }

    /** RFC 6750 §3.1: no error code without a token. */
    @Test
    void withoutATokenTheChallengeIsPlain() {
        assertThat(refused(new InvalidToken("no")).headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"dcr\"");
    }

    /** RFC 6750 §3.1. */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Bearer ???"})
    @Tag("RFC7591-3.2.2-token")
    @Tag("RFC7592-2.1-invalid-token")
    void withATokenTheChallengeSaysWhatIsWrong(String authorization) {
        server.registrar.failure = new RegistrationRefused(new InvalidToken("no"));
        var reply = server.get("/register/abc", "Authorization", authorization);
        isRefused(reply, 401, "invalid_token");
        assertThat(reply.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"dcr\", error=\"invalid_token\"");
    }

    /** RFC 6750 §2.3 is not offered: a token in the query is no token. */
    @Test
    void aTokenInTheQueryIsNotRead() {
        server.get("/register/abc?access_token=token");
        assertThat(server.registrar.calls)
                .singleElement()
                .satisfies(call -> assertThat(call.bearer()).isEmpty());
    }

    @Test
    void anOutageSaysWhenToComeBack() {
        assertThat(refused(new Unavailable("no", Duration.ofSeconds(7)))
                        .headers()
                        .firstValue("Retry-After"))
                .contains("7");
    }

    @Test
    void aFaultTellsNothingButItsId() {
        server.registrar.failure = new IllegalStateException("select secret from client");
        var reply = server.get("/register/abc");
        isRefused(reply, 500, "server_error");
        assertThat(reply.body()).doesNotContain("select", "IllegalState", "dev.dcr");
    }

    static Stream<Throwable> outages() {
        return Stream.of(
                new SQLNonTransientConnectionException("refused"),
                new SQLException("terminated", "57P01"),
                new SQLException("connection lost", "08006"),
                new SQLException("deadlock detected", "40P01"),
                new SQLException("could not serialize access", "40001"),
                new SQLException("no connection", new ResourceException("IJ000453")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aDatabaseThatIsOutOfReachOrGaveWayIs503(Throwable outage) {
        server.registrar.failure = new EJBException(new IllegalStateException(outage));
        var reply = server.get("/register/abc");
        isRefused(reply, 503, "temporarily_unavailable");
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aViolatedConstraintIsAFault() {
        server.registrar.failure = new EJBException(
                new IllegalStateException(new SQLIntegrityConstraintViolationException("duplicate", "23505")));
        isRefused(server.get("/register/abc"), 500, "server_error");
    }

    @Test
    void aRefusalInsideAnotherExceptionIsStillARefusal() {
        server.registrar.failure = new EJBException(new RegistrationRefused(new Conflict("no")));
        isRefused(server.get("/register/abc"), 409, "conflict");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}{}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1e999999}",
                "{\"a\":\"\\ud800\"}",
                "\u0000"
            })
    void whatIsNoJsonObjectIsAnInvalidRequest(String body) {
        isRefused(server.post("/register", "application/json", body), 400, "invalid_request");
        assertThat(server.registrar.calls).isEmpty();
    }

    private HttpResponse<String> refused(RegistrationError error) {
        server.registrar.failure = new RegistrationRefused(error);
        return server.get("/register/abc");
    }

    private static JsonObject json(HttpResponse<String> reply) {
        return StrictJson.object(reply.body());
    }
}
