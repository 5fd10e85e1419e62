package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FapiRulesTest {
    private static final Trial FAPI = Trial.under(Profile.FAPI);
    private static final Trial ENFORCED = Trial.under(Profile.OAUTH).enforcingFapi();

    private static String client(String members) {
        return ("{'redirect_uris': ['https://client.example/cb'], 'jwks_uri': 'https://client.example/jwks',"
                        + " 'token_endpoint_auth_method': 'private_key_jwt'%s}")
                .formatted(members.isEmpty() ? "" : ", " + members);
    }

    @Test
    @DisplayName("FAPI 2.0 §5.3.2: a client as the profile wants it")
    @Tag("FAPI2-5.3.2.1-authentication")
    void accepted() {
        assertThat(FAPI.faults(
                        client("'id_token_signed_response_alg': 'PS256', 'response_types': ['code id_token', 'code']")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "client_secret_basic", "client_secret_post", "client_secret_jwt"})
    @DisplayName("FAPI 1.0 Advanced §5.2.2-14: authentication by private key or certificate")
    @Tag("RFC9700-2.5-asymmetric")
    @Tag("FAPI1ADV-5.2.2-14-authentication")
    @Tag("FAPI2-5.3.2.1-confidential")
    @Tag("FAPI2-5.3.2.1-authentication")
    void authentication(String method) {
        var request = "{'redirect_uris': ['https://client.example/cb'], 'token_endpoint_auth_method': '%s'}"
                .formatted(method);
        assertThat(FAPI.faults(request)).containsExactly("token_endpoint_auth_method not_fapi");
        assertThat(ENFORCED.faults(request)).containsExactly("token_endpoint_auth_method not_fapi");
    }

    @Test
    @DisplayName("FAPI 1.0 Advanced §5.2.2-14: the default of RFC 7591 does not do")
    @Tag("FAPI1ADV-5.2.2-14-authentication")
    void authenticationMustBeNamed() {
        assertThat(FAPI.faults("{'redirect_uris': ['https://client.example/cb']}"))
                .containsExactly("token_endpoint_auth_method not_fapi");
    }

    @ParameterizedTest
    @CsvSource({
        "id_token_signed_response_alg, RS256",
        "request_object_signing_alg, none",
        "request_object_signing_alg, ES384",
        "token_endpoint_auth_signing_alg, RS256",
        "userinfo_signed_response_alg, PS512",
        "authorization_signed_response_alg, RS256",
        "id_token_encrypted_response_alg, RSA1_5"
    })
    @DisplayName("FAPI 1.0 Advanced §8.6: PS256, ES256 or EdDSA, and never RSA1_5")
    @Tag("FAPI1ADV-8.6-algorithms")
    @Tag("FAPI1ADV-8.6-none")
    @Tag("FAPI1ADV-8.6.1-rsa1_5")
    @Tag("FAPI2-5.4.1-algorithms")
    void algorithms(String member, String algorithm) {
        assertThat(FAPI.faults(client("'%s': '%s'".formatted(member, algorithm))))
                .contains(member + " not_fapi");
        assertThat(ENFORCED.faults(client("'%s': '%s'".formatted(member, algorithm))))
                .contains(member + " not_fapi");
    }

    @Test
    @DisplayName("FAPI 1.0 Advanced §5.2.2-2: response types code and code id_token")
    @Tag("RFC9700-2.1.2-implicit")
    @Tag("FAPI1ADV-5.2.2-2-response_types")
    void responseTypes() {
        assertThat(FAPI.faults(client(
                        "'grant_types': ['authorization_code', 'implicit'], 'response_types': ['code', 'code token']")))
                .containsExactly("response_types[1] not_fapi");
    }

    @Test
    @DisplayName("FAPI 2.0 §5.3.2.1: no password grant")
    @Tag("RFC9700-2.4-password")
    @Tag("FAPI2-5.3.2.1-password")
    void passwords() {
        assertThat(FAPI.faults(client("'grant_types': ['authorization_code', 'password']")))
                .containsExactly("grant_types[1] not_fapi");
    }

    @Test
    @DisplayName("FAPI 1.0 Baseline §5.2.2-20: redirection by https")
    @Tag("FAPI1BASE-5.2.2-20-https")
    @Tag("FAPI2-5.3.2.2-https")
    void redirectUris() {
        assertThat(FAPI.faults(client("'application_type': 'native'")
                        .replace("https://client.example/cb", "com.example.app:/cb")))
                .containsExactly("redirect_uris[0] not_https");
        assertThat(FAPI.faults(client("'application_type': 'native'")
                        .replace("https://client.example/cb", "com.example.app://localhost/cb")))
                .containsExactly("redirect_uris[0] not_https");
        assertThat(FAPI.faults(client("'application_type': 'native'")
                        .replace("https://client.example/cb", "http://127.0.0.1/cb")))
                .isEmpty();
    }

    @Test
    @DisplayName("FAPI CIBA §5.2.2: no push")
    @Tag("FAPICIBA-5.2.2-push")
    void push() {
        assertThat(
                        FAPI.faults(
                                client(
                                        "'backchannel_token_delivery_mode': 'push', 'backchannel_client_notification_endpoint': 'https://client.example/n'")))
                .containsExactly("backchannel_token_delivery_mode not_fapi");
    }

    @Test
    @Tag("FAPI1ADV-5.2.2-1-signed")
    @Tag("FAPI1ADV-5.2.2-5-constrained")
    void enforcementSetsWhatIsMissing() {
        assertThat(ENFORCED.registered(client("")).json())
                .containsEntry("require_signed_request_object", JsonValue.TRUE)
                .containsEntry("tls_client_certificate_bound_access_tokens", JsonValue.TRUE)
                .containsEntry("token_endpoint_allow_reuse_pvt_key_jwt", JsonValue.FALSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"require_signed_request_object", "tls_client_certificate_bound_access_tokens"})
    @Tag("FAPI1ADV-5.2.2-1-signed")
    @Tag("FAPI1ADV-5.2.2-5-constrained")
    void enforcementRefusesFalse(String member) {
        assertThat(ENFORCED.faults(client("'%s': false".formatted(member)))).containsExactly(member + " not_fapi");
        assertThat(ENFORCED.faults(client("'%s': true".formatted(member)))).isEmpty();
        assertThat(Trial.under(Profile.OAUTH).faults(client("'%s': false".formatted(member))))
                .isEmpty();
    }
}
