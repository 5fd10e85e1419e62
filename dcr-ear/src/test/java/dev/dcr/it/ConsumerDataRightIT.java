package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.Software;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Australia's Consumer Data Right: {@code dcr.profile = "cdr-au"} and the Register. */
class ConsumerDataRightIT {
    private static final String SCOPE = "openid profile bank:accounts.basic:read cdr:registration";
    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final Software software = scene.directory().software("cdr-" + UUID.randomUUID());

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> """
                [dcr]
                profile = "cdr-au"
                [[dcr.software_statement.issuers]]
                iss = "cdr-register"
                jwks_uri = "%s"
                algorithms = ["PS256"]
                [dcr.request_jwt]
                audience = "%s"
                """.formatted(sandbox.directory().jwksUri(), Scene.AUDIENCE));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void livesThroughALifeCycle() {
        var registered = client.create(request(statement()).sign());
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        assertThat(registered.json().getString("scope")).isEqualTo(SCOPE);
        assertThat(registered.json().getString("client_name")).isEqualTo("Piggy Bank");
        assertThat(registered.json()).containsKeys("org_id", "legal_entity_id", "software_statement");
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(client.read(id, token).json()).isEqualTo(registered.json());

        var update = request(statement().with("client_name", "Piggy Bank II")).with("client_id", id);
        var replaced = client.replace(id, token, update.sign());
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().getString("client_name")).isEqualTo("Piggy Bank II");

        assertThat(client.delete(id, token).status()).isEqualTo(204);
        assertThat(client.create(request(statement()).sign()).status()).isEqualTo(201);
    }

    @Test
    void refusesASecondClientOfTheSameSoftware() {
        assertThat(client.create(request(statement()).sign()).status()).isEqualTo(201);
        var second = client.create(request(statement()).sign());
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.error()).isEqualTo("invalid_software_statement");
    }

    @Test
    void refusesAPlainJsonRequest() {
        assertThat(client.create(request(statement()).claims()).error()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "token_endpoint_auth_method, tls_client_auth",
        "id_token_signed_response_alg, RS256",
        "application_type, native",
        "scope, openid payments"
    })
    void refusesWhatTheStandardsDoNotKnow(String member, String value) {
        var reply = client.create(request(statement()).with(member, value).sign());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.violatedFields()).contains(member);
    }

    @Test
    void refusesAnUnencryptedIdTokenThroughTheBrowser() {
        var hybrid = request(statement()).with("response_types", List.of("code id_token"));
        assertThat(client.create(hybrid.sign()).violatedFields()).contains("id_token_encrypted_response_alg");
        var encrypted = hybrid.with("jti", UUID.randomUUID().toString())
                .with("id_token_encrypted_response_alg", "RSA-OAEP")
                .with("id_token_encrypted_response_enc", "A256GCM");
        assertThat(client.create(encrypted.sign()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org_id", "software_roles", "scope"})
    void refusesAStatementThatDoesNotSayWhoTheSoftwareIs(String claim) {
        var reply = client.create(request(statement().without(claim)).sign());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_software_statement");
    }

    /** Shaped as the Register's: the standard names of client metadata, its own of the organisation. */
    private Draft statement() {
        var draft = scene.directory()
                .statement(software)
                .with("iss", "cdr-register")
                .with("legal_entity_id", "3B0B0A7B-3E7B-4A2C-9497-E357A71D07C8")
                .with("legal_entity_name", "Third Party Ltd")
                .with("client_name", "Piggy Bank")
                .with("client_description", "All your accounts in one place")
                .with("client_uri", "https://app.tpp.example")
                .with("redirect_uris", List.of("https://app.tpp.example/callback"))
                .with("logo_uri", "https://app.tpp.example/logo.png")
                .with("jwks_uri", software.jwksUri().toString())
                .with("software_roles", "data-recipient-software-product")
                .with("scope", SCOPE);
        for (var openBanking : List.of(
                "software_client_name",
                "software_client_description",
                "software_client_uri",
                "software_redirect_uris",
                "software_logo_uri",
                "software_jwks_endpoint")) {
            draft = draft.without(openBanking);
        }
        return draft;
    }

    private Draft request(Draft statement) {
        return scene.directory()
                .request(software, statement.sign())
                .without("scope")
                .with("redirect_uris", List.of("https://app.tpp.example/callback"));
    }
}
