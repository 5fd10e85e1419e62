package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.Software;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OBIE Dynamic Client Registration 3.3: {@code dcr.profile = "open-banking-uk"} and the directory, nothing else. */
class OpenBankingUkIT {
    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final Directory directory = scene.directory();
    private final Software software = directory.software("obuk-software");

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> "[dcr]\nprofile = \"open-banking-uk\"\n" + Scene.directory(sandbox));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/jwt", "application/jose"})
    void livesThroughALifeCycleOfSignedRequests(String type) {
        var statement = directory.statement(software).sign();
        var registered = send("POST", "", directory.request(software, statement).sign(), type, "");
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        assertThat(registered.header("Content-Type")).hasValue("application/json");
        assertThat(registered.json().getString("software_statement")).isEqualTo(statement);
        assertThat(registered.json()).doesNotContainKey("client_secret");
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(client.read(id, token).json()).isEqualTo(registered.json());

        var update = request().with("client_id", id).with("scope", "openid accounts");
        var replaced = send("PUT", "/" + id, update.sign(), type, token);
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().getString("scope")).isEqualTo("openid accounts");

        assertThat(client.delete(id, token).status()).isEqualTo(204);
        assertThat(client.read(id, token).status()).isEqualTo(401);
    }

    @Test
    void refusesAPlainJsonRequest() {
        var claims = request().claims();
        var created = client.create(claims);
        assertThat(created.status()).isEqualTo(400);
        assertThat(created.error()).isEqualTo("invalid_request");
        var registered = client.create(request().sign());
        var replaced = client.replace(registered.clientId(), registered.registrationAccessToken(), claims);
        assertThat(replaced.status()).isEqualTo(400);
        assertThat(replaced.error()).isEqualTo("invalid_request");
    }

    @Test
    @DisplayName("code id_token does without the implicit grant")
    void takesTheHybridFlowWithoutTheImplicitGrant() {
        var reply = client.create(
                request().with("response_types", List.of("code id_token")).sign());
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json().get("response_types"))
                .isEqualTo(json("{'a': ['code id_token']}").get("a"));
    }

    @Test
    void takesAnUpdateWithoutClientId() {
        var registered = client.create(request().sign());
        var reply = client.replace(
                registered.clientId(),
                registered.registrationAccessToken(),
                request().with("scope", "openid").sign());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.clientId()).isEqualTo(registered.clientId());
        var another = request().with("client_id", "another").sign();
        assertThat(client.replace(registered.clientId(), registered.registrationAccessToken(), another)
                        .violatedFields())
                .containsExactly("client_id");
    }

    @Test
    void takesEs256AndAMobileApplication() {
        var statement = directory.statement(software, JWSAlgorithm.ES256).sign();
        var request = directory.request(software, statement, JWSAlgorithm.ES256).with("application_type", "mobile");
        var reply = client.create(request.sign());
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json().getString("application_type")).isEqualTo("mobile");
        assertThat(reply.json().getString("id_token_signed_response_alg")).isEqualTo("ES256");
    }

    @Test
    void takesAClientThatProvesItselfByCertificate() {
        var request = request()
                .with("token_endpoint_auth_method", "tls_client_auth")
                .without("token_endpoint_auth_signing_alg")
                .with("tls_client_auth_subject_dn", "CN=app.tpp.example,O=Third Party Ltd,C=GB");
        var reply = client.create(request.sign());
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }

    @Test
    void bindsTokensToCertificatesAndAsksForSignedRequestObjects() {
        assertThat(client.create(request().sign()).json())
                .containsAllEntriesOf(json("{'tls_client_certificate_bound_access_tokens': true,"
                        + "'require_signed_request_object': true, 'application_type': 'web'}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusedMembers")
    void refusesWhatTheEcosystemDoesNotKnow(String member, Object value, String error) {
        var reply = client.create(request().with(member, value).sign());
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo(error);
        assertThat(reply.violatedFields()).anyMatch(field -> field.startsWith(member));
    }

    static Stream<Arguments> refusedMembers() {
        var metadata = "invalid_client_metadata";
        return Stream.of(
                Arguments.of("token_endpoint_auth_method", "client_secret_basic", metadata),
                Arguments.of("token_endpoint_auth_method", "none", metadata),
                Arguments.of("grant_types", List.of("authorization_code", "password"), metadata),
                Arguments.of("response_types", List.of("token"), metadata),
                Arguments.of("id_token_signed_response_alg", "RS256", metadata),
                Arguments.of("request_object_signing_alg", "none", metadata),
                Arguments.of("token_endpoint_auth_signing_alg", "RS256", metadata),
                Arguments.of("tls_client_certificate_bound_access_tokens", false, metadata),
                Arguments.of("application_type", "native", metadata),
                Arguments.of("scope", "x".repeat(257), metadata),
                Arguments.of("redirect_uris", List.of("https://evil.example/cb"), "invalid_redirect_uri"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token_endpoint_auth_method",
                "grant_types",
                "redirect_uris",
                "id_token_signed_response_alg",
                "request_object_signing_alg"
            })
    void refusesARequestThatLacksWhatItNeeds(String member) {
        var statement = directory.statement(software).without("software_redirect_uris");
        var reply = client.create(
                directory.request(software, statement.sign()).without(member).sign());
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.violatedFields()).contains(member);
    }

    @Test
    void refusesARedirectUriOnTheUsersDevice() {
        var uris = List.of("https://localhost/cb");
        var statement = directory.statement(software).with("software_redirect_uris", uris);
        var reply = client.create(directory
                .request(software, statement.sign())
                .with("redirect_uris", uris)
                .sign());
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
    }

    @Test
    void refusesStatementsOfStrangersAndRequestsWithoutAny() {
        var strangers =
                directory.statement(software).with("iss", "Another Directory").sign();
        assertThat(client.create(directory.request(software, strangers).sign()).error())
                .isEqualTo("invalid_software_statement");
        assertThat(client.create(request().without("software_statement").sign()).error())
                .isEqualTo("invalid_software_statement");
    }

    @Test
    void answers503WhileTheKeysOfTheSoftwareAreOutOfReach() {
        assertThat(client.create(request().sign()).status()).isEqualTo(201);
        var newcomer = directory.software("obuk-" + UUID.randomUUID());
        var request = directory.request(newcomer, directory.statement(newcomer).sign());
        directory.fail(Duration.ofMinutes(1));
        try {
            var reply = client.create(request.sign());
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.error()).isEqualTo("temporarily_unavailable");
            assertThat(reply.header("Retry-After")).isPresent();
        } finally {
            directory.recover();
        }
    }

    private Draft request() {
        return directory.request(software, directory.statement(software).sign());
    }

    private RegistrationReply send(String method, String path, String jwt, String type, String token) {
        var authorization = token.isEmpty() ? "" : "Bearer " + token;
        return client.send(
                method, path, jwt.getBytes(UTF_8), Map.of("Content-Type", type, "Authorization", authorization));
    }
}
