package dev.dcr.request;

import static dev.dcr.request.Ecosystem.json;
import static dev.dcr.request.Ecosystem.sign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.json.StrictJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements are shaped like those of the directory of Open Finance Brasil. */
@DisplayName("Open Finance Brasil Dynamic Client Registration 1.0")
class OpenFinanceBrazilTest {
    private static final String KEYS = "https://keystore.directory.example/org/software/application.jwks";
    private static final String SUBJECT = "UID=25556d5a-b9dd-4e27-aa1a-cce732fe74de,2.5.4.97=#0c084f464242522d6262,"
            + "1.3.6.1.4.1.311.60.2.1.3=#13024252,2.5.4.15=#0c0142,2.5.4.5=#130131,CN=app.tpp.example,O=TPP,L=Sao Paulo,ST=SP,C=BR";

    private static Ecosystem brazil;

    @BeforeAll
    static void open() throws IOException {
        brazil = new Ecosystem("open-finance-brazil", "Open Banking Brasil sandbox SSA issuer");
    }

    @AfterAll
    static void close() {
        brazil.close();
    }

    private static JsonObject statement(long age, String roles) {
        return json("""
                {'iss': 'Open Banking Brasil sandbox SSA issuer', 'iat': %d,
                 'software_id': '25556d5a-b9dd-4e27-aa1a-cce732fe74de', 'software_version': '1.1', 'software_mode': 'Live',
                 'software_environment': 'production', 'software_client_id': 'Cki1EbvjwyhPB12NGLlz2',
                 'software_client_name': 'Accounting', 'software_client_description': 'Accounts at a glance',
                 'software_client_uri': 'https://tpp.example/', 'software_logo_uri': 'https://tpp.example/logo.png',
                 'software_tos_uri': 'https://tpp.example/tos', 'software_policy_uri': 'https://tpp.example/policy',
                 'software_redirect_uris': ['https://tpp.example/cb', 'https://tpp.example/cb2'],
                 'software_jwks_uri': '%s', 'software_jwks_transport_uri': '%s', 'software_roles': ['DADOS', 'PAGTO'],
                 'software_statement_roles': [%s], 'org_id': 'b961c4eb-509d-4edf-afeb-35642b38185d', 'org_name': 'TPP',
                 'org_number': '112233445566', 'org_status': 'Active',
                 'organisation_competent_authority_claims': [{'authorisation_role': 'DADOS', 'status': 'Active'}]}
                """.formatted(Ecosystem.NOW.getEpochSecond() - age, KEYS, KEYS, roles));
    }

    private static String active(String role) {
        return "{'role': '" + role + "', 'authorisation_domain': 'Open Banking', 'status': 'Active'}";
    }

    private static JsonObject request(JsonObject statement, String members) {
        var request = StrictJson.PROVIDER.createObjectBuilder(json("""
                {'application_type': 'web', 'grant_types': ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
                 'response_types': ['code id_token'], 'redirect_uris': ['https://tpp.example/cb'],
                 'token_endpoint_auth_method': 'private_key_jwt', 'token_endpoint_auth_signing_alg': 'PS256',
                 'id_token_encrypted_response_alg': 'RSA-OAEP', 'jwks_uri': '%s'}
                """.formatted(KEYS)));
        json("{" + members + "}").forEach(request::add);
        return request.add("software_statement", sign(statement)).build();
    }

    private static List<String> faults(String members) {
        return brazil.faults(request(statement(60, active("DADOS")), members));
    }

    @Test
    @DisplayName("§7.1 and §7.1.1: a client registers, and gets what its roles open and what the profile prefers")
    @Tag("OFBDCR-7.1-5")
    @Tag("OFBDCR-7.1-10")
    @Tag("OFBDCR-7.1.1-encryption")
    @Tag("OFBDCR-7.1.1-scope")
    void registers() {
        var request = request(statement(60, active("DADOS") + "," + active("PAGTO")), "");
        assertThat(brazil.faults(request)).isEmpty();
        var client = brazil.registered(request);
        assertThat(client.string("scope").orElseThrow().split(" "))
                .contains("openid", "accounts", "consents", "resources", "payments")
                .doesNotHaveDuplicates();
        assertThat(client.string("id_token_signed_response_alg")).contains("PS256");
        assertThat(client.string("request_object_signing_alg")).contains("PS256");
        assertThat(client.string("id_token_encrypted_response_enc")).contains("A256GCM");
        assertThat(client.string("client_name")).contains("Accounting");
        assertThat(client.jwksUri()).contains(KEYS);
        assertThat(client.is("tls_client_certificate_bound_access_tokens")).isTrue();
    }

    @Test
    @DisplayName("§7.1: what was registered is accepted again with a fresh statement, which binds the update")
    @Tag("OFBDCR-7.1-6")
    void updates() {
        var statement = statement(60, active("DADOS"));
        var stored = Json.createObjectBuilder(
                        brazil.registered(request(statement, "")).json())
                .add("software_statement", sign(statement(30, active("DADOS"))))
                .build();
        assertThat(brazil.updateFaults(stored, sign(statement))).isEmpty();
        var widened = Json.createObjectBuilder(stored)
                .add("redirect_uris", Json.createArrayBuilder().add("https://evil.example/cb"))
                .add("scope", "openid payments")
                .build();
        assertThat(brazil.updateFaults(widened, sign(statement)))
                .containsExactly("redirect_uris[0] not_in_statement", "scope not_in_roles");
    }

    @Test
    @DisplayName("§7.1-2: no registration without a statement")
    @Tag("OFBDCR-7.1-2")
    void aStatementIsNeeded() {
        var request =
                json("{'redirect_uris': ['https://tpp.example/cb'], 'token_endpoint_auth_method': 'private_key_jwt',"
                        + " 'jwks_uri': 'https://tpp.example/jwks'}");
        assertThat(brazil.faults(request)).containsExactly("software_statement required");
    }

    @Test
    @DisplayName("§7.1-2: no update without a statement, though the client is bound by the one it registered with")
    @Tag("OFBDCR-7.1-2")
    void anUpdateBringsAStatement() {
        var statement = statement(60, active("DADOS"));
        var stored = brazil.registered(request(statement, "")).json();
        assertThat(brazil.updateFaults(stored, sign(statement))).containsExactly("software_statement required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'redirect_uris': null", "'redirect_uris': []"})
    @DisplayName("§7.1-6: redirect URIs are required of the request; the statement's do not stand in")
    @Tag("OFBDCR-7.1-6")
    void redirectUrisAreRequired(String none) {
        assertThat(faults(none)).containsExactly("redirect_uris required");
    }

    @Test
    @DisplayName("§7.1-3: the statement was issued in the last five minutes")
    @Tag("OFBDCR-7.1-3")
    void aStatementIsFresh() {
        assertThat(brazil.faults(request(statement(300, active("DADOS")), ""))).isEmpty();
        assertThat(brazil.faults(request(statement(331, active("DADOS")), "")))
                .containsExactly("software_statement.iat too_old");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'jwks': {'keys': []} | jwks by_value",
                "'jwks_uri': 'https://tpp.example/jwks' | jwks_uri not_in_statement",
                "'redirect_uris': ['https://tpp.example/other'] | redirect_uris[0] not_in_statement",
                "'scope': 'openid payments' | scope not_in_roles",
                "'token_endpoint_auth_method': 'client_secret_basic' | token_endpoint_auth_method not_allowed",
                "'token_endpoint_auth_method': 'self_signed_tls_client_auth' | token_endpoint_auth_method not_allowed",
                "'token_endpoint_auth_signing_alg': 'ES256' | token_endpoint_auth_signing_alg not_allowed",
                "'id_token_signed_response_alg': 'ES256' | id_token_signed_response_alg not_allowed",
                "'request_object_signing_alg': 'RS256' | request_object_signing_alg not_allowed",
                "'id_token_encrypted_response_alg': 'RSA1_5' | id_token_encrypted_response_alg not_allowed",
                "'id_token_encrypted_response_enc': 'A128CBC-HS256' | id_token_encrypted_response_enc not_allowed",
                "'application_type': 'native' | application_type not_allowed",
                "'grant_types': ['authorization_code', 'password'] | grant_types[1] not_allowed",
                "'tls_client_certificate_bound_access_tokens': false | tls_client_certificate_bound_access_tokens not_fapi"
            })
    @DisplayName("§7.1: particular refusals")
    @Tag("OFBDCR-7.1-4")
    @Tag("OFBDCR-7.1-5")
    @Tag("OFBDCR-7.1-6")
    @Tag("OFBDCR-7.1-9")
    void refuses(String members, String fault) {
        assertThat(faults(members)).contains(fault);
    }

    @Test
    @DisplayName("§7.2: only active roles open scopes")
    @Tag("OFBDCR-7.1-9")
    void rolesAreActive() {
        var suspended = "{'role': 'PAGTO', 'status': 'Inactive'}";
        assertThat(brazil.faults(
                        request(statement(60, active("DADOS") + "," + suspended), "'scope': 'openid payments'")))
                .containsExactly("scope not_in_roles");
        assertThat(brazil.faults(request(statement(60, suspended), "")))
                .containsExactly("software_statement.software_roles no_role");
        assertThat(brazil.faults(request(statement(60, "{'role': 'PAGTO', 'status': null}"), "")))
                .containsExactly("software_statement.software_roles no_role");
    }

    @Test
    @DisplayName("§7.1.2: the subject of the certificate, with OIDs and hexadecimal values")
    @Tag("OFBDCR-7.1.2-subject")
    void subject() {
        assertThat(faults("'token_endpoint_auth_method': 'tls_client_auth', 'tls_client_auth_subject_dn': '" + SUBJECT
                        + "'"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "businessCategory=Private Organization,CN=x,C=BR",
                "2.5.4.15=Private Organization,CN=x,C=BR",
                "OID.2.5.4.15=#0c0142,CN=x,C=BR",
                "CN=#0c0142,C=BR"
            })
    @DisplayName("§7.1.2: a subject in another form")
    @Tag("OFBDCR-7.1.2-subject")
    void subjectInAnotherForm(String subject) {
        assertThat(faults("'token_endpoint_auth_method': 'tls_client_auth', 'tls_client_auth_subject_dn': '" + subject
                        + "'"))
                .containsExactly("tls_client_auth_subject_dn not_open_finance");
    }

    @Test
    @DisplayName("§7.1-12: no other name of the certificate stands for its subject")
    @Tag("OFBDCR-7.1-12")
    void alternativeNames() {
        assertThat(faults("'token_endpoint_auth_method': 'tls_client_auth', 'tls_client_auth_san_dns': 'tpp.example'"))
                .containsExactly("tls_client_auth_san_dns not_open_finance");
    }
}
