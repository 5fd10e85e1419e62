package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static dev.dcr.sandbox.Point.CREATION;
import static dev.dcr.sandbox.Point.RETRIEVAL;
import static dev.dcr.sandbox.Point.UPDATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.Point;
import dev.dcr.sandbox.Software;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator's own {@code deployment.toml} for the WSO2 accelerator, and the extension service written for it. */
class AcceleratorIT {
    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final Directory directory = scene.directory();
    private final Software software = directory.software("accelerator-software");

    /** The file says nothing of who may register, since the accelerator leaves that to its gateway. */
    @BeforeAll
    static void open() throws IOException {
        var toml = file();
        scene = Scene.started(sandbox -> Scene.onTheDatabase(toml)
                .environment("SANDBOX_URL", sandbox.server().url().toString()));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void livesThroughASignedLifeCycle() {
        var registered = client.create(request().sign());
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        // FAPI enforcement adds the three last ones, the sample extension the risk class
        assertThat(registered.json())
                .containsAllEntriesOf(json("{'client_name': 'Piggy Bank', 'scope': 'openid accounts payments',"
                        + "'software_id': '" + software.id() + "', 'risk_class': 'standard',"
                        + "'require_signed_request_object': true, 'tls_client_certificate_bound_access_tokens': true,"
                        + "'token_endpoint_allow_reuse_pvt_key_jwt': false}"));
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(client.read(id, token).json().getString("support_contact")).isEqualTo("support@bank.example");

        var update = request().with("client_id", id).with("scope", "openid accounts");
        var replaced = client.replace(id, token, update.sign());
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().getString("scope")).isEqualTo("openid accounts");
        assertThat(replaced.json()).containsKey("last_reviewed_at");

        assertThat(client.delete(id, token).status()).isEqualTo(204);
        assertThat(client.read(id, token).status()).isEqualTo(401);
    }

    @Test
    void asksTheExtensionServiceWithItsFixedToken() {
        var registered = client.create(request().sign());
        client.read(registered.clientId(), registered.registrationAccessToken());
        for (var point : new Point[] {CREATION, RETRIEVAL})
            assertThat(scene.extension().requests(point))
                    .isNotEmpty()
                    .allSatisfy(
                            call -> assertThat(call.header("Authorization")).hasValue("Bearer sandbox-fixed-token"));
        assertThat(scene.extension().calls(Point.TOKEN)).isZero();
    }

    @Test
    void showsOfTheParametersOnlyThoseToBeIncludedInResponses() {
        var registered = client.create(request().with("business_unit", "retail").sign());
        assertThat(registered.json())
                .containsEntry("business_unit", json("{'a': 'retail'}").get("a"))
                .containsKey("software_statement")
                .doesNotContainKeys("request_object_signing_alg", "iss");
        assertThat(scene.extension().requests(CREATION))
                .last()
                .satisfies(call -> assertThat(call.clientData()).containsKey("request_object_signing_alg"));
        assertThat(client.read(registered.clientId(), registered.registrationAccessToken())
                        .json())
                .doesNotContainKey("request_object_signing_alg");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesWhatAValidatorIsThereToRefuse(String validator, Refused refused, String error, String field) {
        var asked =
                Stream.of(CREATION, UPDATE).mapToInt(scene.extension()::calls).sum();
        var reply = client.create(refused.request(this).sign());
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo(error);
        assertThat(reply.violatedFields()).contains(field);
        assertThat(Stream.of(CREATION, UPDATE)
                        .mapToInt(scene.extension()::calls)
                        .sum())
                .isEqualTo(asked);
    }

    static Stream<Arguments> refusals() {
        var metadata = "invalid_client_metadata";
        return Stream.of(
                refusal("RequiredParams: missing", it -> it.request().without("scope"), metadata, "scope"),
                refusal(
                        "RequiredParams: empty",
                        it -> it.request().with("grant_types", List.of()),
                        metadata,
                        "grant_types"),
                refusal("RequiredParams: word", it -> it.request().with("scope", "openid evil"), metadata, "scope"),
                refusal(
                        "RequiredParams: element",
                        it -> it.request().with("grant_types", List.of("authorization_code", "password")),
                        metadata,
                        "grant_types[1]"),
                refusal(
                        "RequiredParams: custom",
                        it -> it.request().with("business_unit", "casino"),
                        metadata,
                        "business_unit"),
                refusal("Issuer", it -> it.request().with("iss", "somebody-else"), metadata, "iss"),
                refusal(
                        "RedirectUriFormat",
                        it -> it.requestFor(
                                        it.statement().with("software_redirect_uris", List.of("https://localhost/cb")))
                                .with("redirect_uris", List.of("https://localhost/cb")),
                        "invalid_redirect_uri",
                        "redirect_uris[0]"),
                refusal(
                        "RedirectUriFormat of the statement",
                        it -> it.requestFor(it.statement()
                                        .with(
                                                "software_redirect_uris",
                                                List.of("https://app.tpp.example/callback", "http://app.tpp.example")))
                                .with("redirect_uris", List.of("https://app.tpp.example/callback")),
                        "invalid_redirect_uri",
                        "software_statement.software_redirect_uris[1]"),
                refusal(
                        "RedirectUriMatch",
                        it -> it.request()
                                .with(
                                        "redirect_uris",
                                        List.of("https://app.tpp.example/callback", "https://evil.example")),
                        "invalid_redirect_uri",
                        "redirect_uris[1]"),
                refusal(
                        "UriHostname",
                        it -> it.requestFor(it.statement().with("software_logo_uri", "https://evil.example/logo.png")),
                        metadata,
                        "software_statement.software_logo_uri"),
                refusal(
                        "SSAIssuer",
                        it -> it.requestFor(it.statement().with("iss", "Another Directory")),
                        "unapproved_software_statement",
                        "software_statement.iss"),
                refusal("RequestJTI", it -> it.request().without("jti"), metadata, "jti"),
                refusal(
                        "SSAJTI",
                        it -> it.requestFor(it.statement().without("jti")),
                        "invalid_software_statement",
                        "software_statement.jti"),
                refusal(
                        "TokenEndpointAuthSigningAlg",
                        it -> it.request().without("token_endpoint_auth_signing_alg"),
                        metadata,
                        "token_endpoint_auth_signing_alg"),
                refusal(
                        "FAPI enforcement",
                        it -> it.request().with("require_signed_request_object", false),
                        metadata,
                        "require_signed_request_object"));
    }

    @Test
    void takesAStatementOnce() {
        var statement = statement().sign();
        var registered = client.create(directory.request(software, statement).sign());
        assertThat(registered.status()).isEqualTo(201);
        // the client itself goes on living under it
        var update = directory.request(software, statement).with("client_id", registered.clientId());
        assertThat(client.replace(registered.clientId(), registered.registrationAccessToken(), update.sign())
                        .status())
                .isEqualTo(200);
        var again = client.create(directory.request(software, statement).sign());
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error()).isEqualTo("invalid_software_statement");
        assertThat(again.violatedFields()).containsExactly("software_statement.jti");
    }

    @Test
    void refusesWhoComesWithoutAStatement() {
        var reply = client.create(metadata().build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.violatedFields()).contains("software_statement");
    }

    @Test
    void tellsOnceForEachTableWhatItHasNoUseFor() {
        for (var table : List.of("[server]", "[datasource]", "[financial_services.consent]"))
            assertThat(scene.server().output()).containsOnlyOnce(table + ": not used by this server");
    }

    /** A request with something to refuse. */
    interface Refused {
        Draft request(AcceleratorIT test);
    }

    private static Arguments refusal(String validator, Refused refused, String error, String field) {
        return Arguments.of(validator, refused, error, field);
    }

    private Draft statement() {
        return directory.statement(software);
    }

    private Draft request() {
        return requestFor(statement());
    }

    private Draft requestFor(Draft statement) {
        return directory.request(software, statement.sign());
    }

    private static String file() throws IOException {
        try (var toml = AcceleratorIT.class.getResourceAsStream("/accelerator/deployment.toml")) {
            return new String(toml.readAllBytes(), UTF_8);
        }
    }
}
