package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.Software;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Open Finance Brasil, Dynamic Client Registration 1.0: {@code dcr.profile = "open-finance-brazil"} and the directory. */
class OpenFinanceBrazilIT {
    private static final String ISSUER = "Open Banking Open Finance Brasil Directory";
    private static final JsonProvider JSON = JsonProvider.provider();
    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final Software software = scene.directory().software("brazil-" + UUID.randomUUID());

    @BeforeAll
    static void open() {
        scene = Scene.configured(
                sandbox -> """
                [dcr]
                profile = "open-finance-brazil"
                [[dcr.software_statement.issuers]]
                iss = "%s"
                jwks_uri = "%s"
                algorithms = ["PS256"]
                """.formatted(ISSUER, sandbox.directory().jwksUri()));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void livesThroughALifeCycle() {
        var registered = client.create(request(statement()).build());
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        assertThat(registered.json().getString("jwks_uri"))
                .isEqualTo(software.jwksUri().toString());
        assertThat(registered.json().getString("scope")).contains("openid", "accounts", "payments");
        assertThat(registered.json()).doesNotContainKey("client_secret");
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(client.read(id, token).json()).isEqualTo(registered.json());

        var update = request(statement()).add("client_id", id).add("scope", "openid accounts");
        var replaced = client.replace(id, token, update.build());
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().getString("scope")).isEqualTo("openid accounts");

        assertThat(client.delete(id, token).status()).isEqualTo(204);
        assertThat(client.read(id, token).status()).isEqualTo(401);
    }

    @Test
    void takesAClientThatProvesItselfByCertificate() {
        var request = request(statement())
                .add("token_endpoint_auth_method", "tls_client_auth")
                .add("tls_client_auth_subject_dn", "CN=app.tpp.example,O=Third Party Ltd,C=BR,2.5.4.15=#0c0742757369")
                .addNull("token_endpoint_auth_signing_alg");
        var reply = client.create(request.build());
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id_token_signed_response_alg   | RS256
                    id_token_encrypted_response_enc| A128GCM
                    token_endpoint_auth_method     | client_secret_basic
                    request_object_signing_alg     | ES256
                    application_type               | native
                    scope                          | openid insurance
                    jwks_uri                       | https://elsewhere.example/jwks
                    """)
    void refusesWhatTheEcosystemDoesNotKnow(String member, String value) {
        var reply = client.create(request(statement()).add(member, value).build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.violatedFields()).contains(member);
    }

    @Test
    void refusesKeysByValue() {
        var reply = client.create(
                request(statement()).add("jwks", json("{'keys': []}")).build());
        assertThat(reply.violatedFields()).contains("jwks");
    }

    @Test
    void refusesAStatementOlderThanFiveMinutes() {
        var old = statement().issued(Duration.ofMinutes(6));
        assertThat(client.create(request(old).build()).error()).isEqualTo("invalid_software_statement");
    }

    @Test
    void refusesARequestWithoutAStatement() {
        var reply =
                client.create(request(statement()).addNull("software_statement").build());
        assertThat(reply.error()).isEqualTo("invalid_software_statement");
    }

    @Test
    void refusesARedirectUriThatTheStatementDoesNotName() {
        var uris = JSON.createArrayBuilder().add("https://elsewhere.example/cb");
        var reply =
                client.create(request(statement()).add("redirect_uris", uris).build());
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
    }

    /** Shaped as the directory's: its own issuer, {@code software_jwks_uri}, and the regulatory roles. */
    private Draft statement() {
        return scene.directory()
                .statement(software)
                .with("iss", ISSUER)
                .with("software_jwks_uri", software.jwksUri().toString())
                .without("software_jwks_endpoint")
                .with("software_roles", List.of("DADOS", "PAGTO"));
    }

    private static JsonObjectBuilder request(Draft statement) {
        JsonObject members = json("""
                {'token_endpoint_auth_method': 'private_key_jwt', 'token_endpoint_auth_signing_alg': 'PS256',
                 'grant_types': ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
                 'response_types': ['code id_token'], 'application_type': 'web',
                 'id_token_signed_response_alg': 'PS256', 'id_token_encrypted_response_alg': 'RSA-OAEP',
                 'id_token_encrypted_response_enc': 'A256GCM', 'request_object_signing_alg': 'PS256'}
                """);
        return JSON.createObjectBuilder(members)
                .add("software_statement", statement.sign())
                .add("redirect_uris", statement.claims().get("software_redirect_uris"));
    }
}
