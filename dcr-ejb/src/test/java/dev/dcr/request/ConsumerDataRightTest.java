package dev.dcr.request;

import static dev.dcr.request.Ecosystem.json;
import static dev.dcr.request.Ecosystem.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.json.StrictJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements are shaped like those of Australia's CDR Register. */
@DisplayName("Consumer Data Standards, Client Registration")
class ConsumerDataRightTest {
    private static final String SOFTWARE = "740c368f-ecf9-4d29-a2ea-0514a66b0cde";
    private static final long NOW = Ecosystem.NOW.getEpochSecond();

    private static Ecosystem cdr;

    @BeforeAll
    static void open() throws IOException {
        cdr = new Ecosystem("cdr-au", "cdr-register");
    }

    @AfterAll
    static void close() {
        cdr.close();
    }

    private static JsonObject statement(String claims) {
        return with(json("""
                {'iss': 'cdr-register', 'iat': %d, 'exp': %d, 'jti': '3bc205a1ebc943fbb624b14fcb241196',
                 'legal_entity_id': '3b0b0a7b-3e7b-4a2c-9497-e357a71d07c7', 'legal_entity_name': 'Mock Company Pty Ltd',
                 'org_id': '3b0b0a7b-3e7b-4a2c-9497-e357a71d07c8', 'org_name': 'Mock Company Brand',
                 'client_name': 'Mock Software', 'client_description': 'A product for trying things out',
                 'client_uri': 'https://recipient.example', 'logo_uri': 'https://recipient.example/logo.png',
                 'tos_uri': 'https://recipient.example/tos', 'policy_uri': 'https://recipient.example/policy',
                 'redirect_uris': ['https://recipient.example/one', 'https://recipient.example/two'],
                 'jwks_uri': '%s', 'revocation_uri': 'https://recipient.example/revocation',
                 'recipient_base_uri': 'https://recipient.example', 'software_id': '%s',
                 'software_roles': 'data-recipient-software-product',
                 'scope': 'openid profile bank:accounts.basic:read bank:transactions:read cdr:registration'}
                """.formatted(NOW, NOW + 600, cdr.keys(), SOFTWARE)), claims);
    }

    private static JsonObject request(JsonObject statement, String claims) {
        return with(json("""
                {'iss': '%s', 'iat': %d, 'exp': %d, 'jti': '37747cd1c10545699f754adf28b73e31', 'aud': 'https://dcr.bank.example',
                 'redirect_uris': ['https://recipient.example/one'], 'token_endpoint_auth_method': 'private_key_jwt',
                 'token_endpoint_auth_signing_alg': 'PS256', 'application_type': 'web',
                 'grant_types': ['client_credentials', 'authorization_code', 'refresh_token'],
                 'response_types': ['code id_token'], 'id_token_signed_response_alg': 'PS256',
                 'id_token_encrypted_response_alg': 'RSA-OAEP', 'id_token_encrypted_response_enc': 'A256GCM',
                 'software_statement': '%s'}
                """.formatted(SOFTWARE, NOW, NOW + 300, sign(statement))), claims);
    }

    /** The object with these members; {@code null} takes one away. */
    private static JsonObject with(JsonObject object, String members) {
        var builder = StrictJson.PROVIDER.createObjectBuilder(object);
        json("{" + members + "}").forEach((name, value) -> {
            if (value.equals(JsonValue.NULL)) builder.remove(name);
            else builder.add(name, value);
        });
        return builder.build();
    }

    private static List<String> faults(String statement, String request) {
        return cdr.signedFaults(request(statement(statement), request));
    }

    @Test
    @DisplayName("Registration Request and Response: the statement's members stand beside the request's")
    @Tag("CDR-Request-request_object_signing_alg")
    @Tag("CDR-Response-members")
    void registers() {
        var request = request(statement(""), "");
        assertThat(cdr.signedFaults(request)).isEmpty();
        var client = cdr.registeredBySignature(request);
        assertThat(client.string("scope"))
                .hasValueSatisfying(scope -> assertThat(scope).contains("cdr:registration"));
        assertThat(client.json())
                .containsKeys("legal_entity_id", "org_id", "recipient_base_uri", "revocation_uri", "client_description")
                .doesNotContainKeys("iss", "aud", "jti");
        assertThat(client.string("software_roles")).contains("data-recipient-software-product");
        assertThat(client.string("request_object_signing_alg")).contains("PS256");
        assertThat(client.redirectUris()).containsExactly("https://recipient.example/one");
    }

    @Test
    @DisplayName("PUT Operations: what was registered is accepted again with a new statement")
    @Tag("CDR-PUT-update")
    void updates() {
        var stored = cdr.registeredBySignature(request(statement(""), "")).json();
        var update = Json.createObjectBuilder(request(statement("'client_name': 'New Name'"), ""));
        stored.forEach(update::add);
        var renamed = update.build();
        assertThat(cdr.signedFaults(renamed)).isEmpty();
        assertThat(cdr.registeredBySignature(renamed).string("client_name")).contains("New Name");
    }

    @Test
    @DisplayName("Registration Request: redirect_uris may be left to the statement; so may the hash of a sector")
    @Tag("CDR-Request-redirect_uris")
    void redirectUrisMayComeFromTheStatement() {
        var request = request(
                statement("'sector_identifier_uri': 'https://recipient.example/sector'"), "'redirect_uris': null");
        assertThat(cdr.signedFaults(request)).isEmpty();
        assertThat(cdr.registeredBySignature(request).redirectUris()).hasSize(2);
        assertThat(cdr.registeredBySignature(request).has("sector_identifier_uri"))
                .isTrue();
    }

    @Test
    @DisplayName("Registration Request: it MUST be a JWT")
    @Tag("CDR-Request-jwt")
    void plainRequests() {
        var request = request(statement(""), "");
        assertThatExceptionOfType(RegistrationRefused.class)
                .isThrownBy(() -> cdr.faults(request))
                .satisfies(refused -> assertThat(refused.error()).isInstanceOf(InvalidRequest.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'token_endpoint_auth_method': 'tls_client_auth' | token_endpoint_auth_method not_allowed",
                "'token_endpoint_auth_signing_alg': null | token_endpoint_auth_signing_alg required",
                "'token_endpoint_auth_signing_alg': 'RS256' | token_endpoint_auth_signing_alg not_allowed",
                "'grant_types': ['authorization_code', 'implicit'] | grant_types[1] not_allowed",
                "'grant_types': null | grant_types required",
                "'response_types': null | response_types required",
                "'response_types': ['code token'] | response_types[0] not_allowed",
                "'application_type': 'native' | application_type not_allowed",
                "'id_token_signed_response_alg': null | id_token_signed_response_alg required",
                "'id_token_signed_response_alg': 'EdDSA' | id_token_signed_response_alg not_allowed",
                "'id_token_encrypted_response_alg': 'ECDH-ES' | id_token_encrypted_response_alg not_allowed",
                "'id_token_encrypted_response_enc': 'A192GCM' | id_token_encrypted_response_enc not_allowed",
                "'id_token_encrypted_response_alg': null, 'id_token_encrypted_response_enc': null | id_token_encrypted_response_alg required",
                "'request_object_signing_alg': 'none' | request_object_signing_alg not_allowed",
                "'redirect_uris': ['https://recipient.example/three'] | redirect_uris[0] not_in_statement",
                "'scope': 'openid bank:payees:read' | scope not_in_statement",
                "'software_id': 'other' | software_id not_in_statement",
                "'iss': 'other' | iss not_the_software",
                "'aud': 'https://other.example' | aud not_for_this_server",
                "'jti': null | jti missing"
            })
    @DisplayName("Registration Request: particular refusals")
    @Tag("CDR-Request-jwt")
    @Tag("CDR-Request-redirect_uris")
    @Tag("CDR-Request-method")
    @Tag("CDR-Request-grant_types")
    @Tag("CDR-Request-id_token")
    void refuses(String members, String fault) {
        assertThat(faults("", members)).contains(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'software_roles': 'data-holder' | software_statement.software_roles no_role",
                "'software_roles': null | software_statement.software_roles no_role",
                "'org_id': null | software_statement.org_id required",
                "'software_id': null | software_statement.software_id required",
                "'scope': null | software_statement.scope required"
            })
    @DisplayName("SSA Definition: what the statement must say")
    @Tag("CDR-SSA-claims")
    @Tag("CDR-SSA-role")
    void refusesStatements(String claims, String fault) {
        assertThat(faults(claims, "")).contains(fault);
    }

    @Test
    @DisplayName("SSA Definition: the statement expires, ten minutes after its issue")
    @Tag("CDR-SSA-exp")
    void expiredStatements() {
        var expired = request(statement("'exp': " + (NOW - 60)), "");
        assertThat(cdr.signedFaults(expired)).contains("software_statement.exp time");
    }

    @Test
    @Tag("CDR-Request-id_token")
    void withoutAnIdTokenInTheBrowserNothingIsEncrypted() {
        assertThat(
                        faults(
                                "",
                                "'response_types': ['code'], 'id_token_encrypted_response_alg': null, 'id_token_encrypted_response_enc': null"))
                .isEmpty();
    }
}
