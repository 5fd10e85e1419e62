package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.metadata.Member;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmRulesTest {
    private static final Trial OIDC = Trial.under(Profile.OIDC);

    private static String client(String members) {
        return "{'redirect_uris': ['https://client.example/cb'], 'jwks_uri': 'https://client.example/jwks', %s}"
                .formatted(members);
    }

    static Stream<String> enumerated() {
        return Member.all().stream()
                .filter(member -> !member.allowed().isEmpty())
                .map(Member::name);
    }

    @ParameterizedTest
    @MethodSource("enumerated")
    @DisplayName("IANA JOSE and OIDC Registration §2: a value outside the enumeration")
    @Tag("OIDCR-2-subject_type")
    @Tag("OIDCR-2-algorithms")
    @Tag("CIBA-4-delivery_mode-values")
    void unknownValues(String member) {
        var list = Member.named(member).orElseThrow().type().title().startsWith("list");
        var faults = OIDC.faults(client("'" + member + "': " + (list ? "['bogus']" : "'bogus'")));
        assertThat(faults).contains(member + (list ? "[0]" : "") + " unknown_value");
    }

    @ParameterizedTest
    @CsvSource({
        "id_token_signed_response_alg, ES256",
        "id_token_signed_response_alg, none",
        "id_token_signed_response_alg, HS256",
        "userinfo_signed_response_alg, RS256",
        "userinfo_signed_response_alg, none",
        "request_object_signing_alg, none",
        "request_object_signing_alg, PS512",
        "authorization_signed_response_alg, ES384",
        "introspection_signed_response_alg, PS256",
        "id_token_encrypted_response_alg, RSA-OAEP-256",
        "userinfo_encrypted_response_alg, ECDH-ES+A256KW",
        "request_object_encryption_alg, dir"
    })
    @DisplayName("OIDC Registration §2: algorithms that a confidential client with keys may use")
    @Tag("OIDCR-2-userinfo_signed_response_alg")
    @Tag("OIDCR-2-userinfo_encrypted_response_alg")
    @Tag("OIDCR-2-request_object_signing_alg")
    @Tag("OIDCR-2-request_object_encryption_alg")
    void accepted(String member, String algorithm) {
        assertThat(OIDC.faults(client("'%s': '%s'".formatted(member, algorithm))))
                .isEmpty();
    }

    @Test
    @DisplayName("OIDC Back-Channel Logout §2.6: logout tokens are signed as ID tokens are, and never by none")
    @Tag("BACKLOGOUT-2.6-none")
    void logoutTokensAreSigned() {
        var unsigned = "'id_token_signed_response_alg': 'none', 'backchannel_logout_uri': 'https://client.example/out'";
        assertThat(OIDC.faults(client(unsigned))).containsExactly("id_token_signed_response_alg unsigned_logout");
    }

    @ParameterizedTest
    @CsvSource({
        "id_token_encrypted_response",
        "userinfo_encrypted_response",
        "request_object_encryption",
        "authorization_encrypted_response",
        "introspection_encrypted_response"
    })
    @DisplayName("OIDC Registration §2, JARM §3, RFC 9701 §6: enc needs alg, and alg has a default enc")
    @Tag("OIDCR-2-id_token_encrypted_response_enc")
    @Tag("OIDCR-2-userinfo_encrypted_response_enc")
    @Tag("OIDCR-2-request_object_encryption_enc")
    @Tag("RFC9701-6-enc")
    @Tag("JARM-3-enc")
    void encNeedsAlg(String prefix) {
        assertThat(OIDC.faults(client("'%s_enc': 'A256GCM'".formatted(prefix))))
                .containsExactly(prefix + "_alg required");
        assertThat(OIDC.registered(client("'%s_alg': 'RSA-OAEP'".formatted(prefix)))
                        .string(prefix + "_enc"))
                .contains("A128CBC-HS256");
    }

    @Test
    @DisplayName("OIDC Registration §2: an ID token from the authorization endpoint is signed")
    @Tag("OIDCR-2-id_token_signed_response_alg-none")
    void unsignedIdToken() {
        assertThat(
                        OIDC.faults(
                                client(
                                        "'grant_types': ['authorization_code', 'implicit'], 'response_types': ['code id_token'], 'id_token_signed_response_alg': 'none'")))
                .containsExactly("id_token_signed_response_alg unsigned");
    }

    @Test
    @DisplayName("RFC 9101 §10.5: require_signed_request_object excludes none")
    @Tag("RFC9101-10.5-none")
    void unsignedRequestObject() {
        assertThat(OIDC.faults(client("'require_signed_request_object': true, 'request_object_signing_alg': 'none'")))
                .containsExactly("request_object_signing_alg unsigned");
    }

    @ParameterizedTest
    @CsvSource({
        "id_token_signed_response_alg, HS256",
        "userinfo_signed_response_alg, HS512",
        "request_object_signing_alg, HS256",
        "authorization_signed_response_alg, HS256",
        "id_token_encrypted_response_alg, A128KW",
        "id_token_encrypted_response_alg, dir",
        "userinfo_encrypted_response_alg, PBES2-HS256+A128KW"
    })
    @DisplayName("OIDC Core §10.1: a symmetric algorithm needs a client secret")
    @Tag("OIDCCORE-10.1-symmetric")
    void symmetricNeedsSecret(String member, String algorithm) {
        assertThat(OIDC.faults(client("'token_endpoint_auth_method': 'none', '%s': '%s'".formatted(member, algorithm))))
                .containsExactly(member + " needs_client_secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization_signed_response_alg",
                "introspection_signed_response_alg",
                "token_endpoint_auth_signing_alg",
                "backchannel_authentication_request_signing_alg"
            })
    @DisplayName("JARM §3, RFC 9701 §6, OIDC Registration §2, CIBA §4: none is no signature")
    @Tag("RFC9701-6-alg")
    @Tag("JARM-3-alg")
    void noneIsNoSignature(String member) {
        assertThat(OIDC.faults(client("'" + member + "': 'none'"))).containsExactly(member + " unknown_value");
    }

    @Test
    @DisplayName("CIBA §4: an authentication request is signed with a private key")
    @Tag("CIBA-4-signing_alg")
    void cibaRequests() {
        assertThat(OIDC.faults(client("'backchannel_authentication_request_signing_alg': 'HS256'")))
                .contains("backchannel_authentication_request_signing_alg unknown_value");
    }
}
