package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.rules.RuleConfig.Param;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OBIE Dynamic Client Registration 3.3")
class OpenBankingRulesTest {
    private static final Trial UK = Trial.under(Profile.OPEN_BANKING_UK)
            .stating(
                    "{'iss': 'OpenBanking Ltd', 'software_id': 'one', 'software_redirect_uris': ['https://tpp.example/cb', 'https://localhost/cb']}");

    private static String client(String members) {
        return ("{'redirect_uris': ['https://tpp.example/cb'], 'jwks_uri': 'https://directory.example/one.jwks',"
                        + " 'token_endpoint_auth_method': 'private_key_jwt', 'token_endpoint_auth_signing_alg': 'PS256',"
                        + " 'grant_types': ['authorization_code', 'refresh_token', 'client_credentials'],"
                        + " 'response_types': ['code id_token'], 'id_token_signed_response_alg': 'PS256',"
                        + " 'request_object_signing_alg': 'PS256', 'scope': 'openid accounts', 'software_id': 'one'%s}")
                .formatted(members.isEmpty() ? "" : ", " + members);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'application_type': 'web'",
                "'application_type': 'mobile'",
                "'tls_client_auth_subject_dn': 'CN=one'"
            })
    void accepted(String members) {
        assertThat(UK.faults(client(members))).isEmpty();
    }

    @Test
    void applicationTypeMobileIsOpenBankingsOwn() {
        assertThat(Trial.under(Profile.OIDC)
                        .faults("{'redirect_uris': ['https://tpp.example/cb'], 'application_type': 'mobile'}"))
                .containsExactly("application_type unknown_value");
    }

    @Test
    void aStatementIsNeeded() {
        assertThat(Trial.under(Profile.OPEN_BANKING_UK).faults(client("")))
                .containsExactly("software_statement required");
    }

    @Test
    void algorithmsAreNeeded() {
        assertThat(UK.faults(client("")
                        .replace("'id_token_signed_response_alg': 'PS256',", "")
                        .replace("'request_object_signing_alg': 'PS256',", "")))
                .containsExactly("id_token_signed_response_alg required", "request_object_signing_alg required");
    }

    @Test
    void theOperatorsTableDecidesWhatIsNeeded() {
        var optional = new Param("x", "request_object_signing_alg", false, true, Set.of());
        assertThat(UK.params(optional).faults(client("").replace("'request_object_signing_alg': 'PS256',", "")))
                .isEmpty();
    }

    @Test
    void grantTypesAreThoseOfTheDictionary() {
        assertThat(UK.faults(
                        client("").replace("'client_credentials'", "'urn:ietf:params:oauth:grant-type:jwt-bearer'")))
                .containsExactly("grant_types[2] not_open_banking");
    }

    @Test
    void redirectUrisAreNotLocalNorLong() {
        assertThat(UK.faults(client("").replace("https://tpp.example/cb", "https://localhost/cb")))
                .containsExactly("redirect_uris[0] localhost");
        assertThat(UK.faults(client("").replace("https://tpp.example/cb", "https://tpp.example/" + "x".repeat(256))))
                .contains("redirect_uris[0] too_long");
    }

    @Test
    void scopeIsShort() {
        assertThat(UK.faults(client("").replace("openid accounts", "x".repeat(257))))
                .containsExactly("scope too_long");
    }
}
