package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAuthenticationTest {
    private static final Trial OAUTH = Trial.under(Profile.OAUTH);

    private static String client(String members) {
        return "{'redirect_uris': ['https://client.example/cb'], 'jwks_uri': 'https://client.example/jwks', %s}"
                .formatted(members);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "client_secret_post",
                "client_secret_basic",
                "client_secret_jwt",
                "private_key_jwt",
                "self_signed_tls_client_auth"
            })
    @DisplayName("IANA OAuth Token Endpoint Authentication Methods: all are known")
    @Tag("RFC7591-2-token_endpoint_auth_method")
    @Tag("OIDCR-2-token_endpoint_auth_method")
    @Tag("RFC9700-2.5-asymmetric")
    void knownMethods(String method) {
        assertThat(OAUTH.faults(client("'token_endpoint_auth_method': '" + method + "'")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret", "NONE", "basic", "https://methods.example/x"})
    @DisplayName("RFC 7591 §2: an authentication method that nobody registered")
    @Tag("RFC7591-2-token_endpoint_auth_method-uri")
    void unknownMethods(String method) {
        assertThat(OAUTH.faults(client("'token_endpoint_auth_method': '" + method + "'")))
                .containsExactly("token_endpoint_auth_method unknown_value");
    }

    @ParameterizedTest
    @CsvSource({"client_credentials", "urn:openid:params:grant-type:ciba"})
    @DisplayName("RFC 6749 §4.4: a public client has no client credentials")
    @Tag("RFC7591-5-public")
    @Tag("RFC6749-4.4-confidential")
    @Tag("CIBA-4-confidential")
    void publicClients(String grant) {
        assertThat(OAUTH.faults(
                        "{'grant_types': ['%s'], 'token_endpoint_auth_method': 'none', 'backchannel_token_delivery_mode': 'poll'}"
                                .formatted(grant)))
                .containsExactly("token_endpoint_auth_method public_client");
    }

    @ParameterizedTest
    @CsvSource({
        "private_key_jwt, PS256, ''",
        "private_key_jwt, EdDSA, ''",
        "private_key_jwt, HS256, wrong_for_method",
        "private_key_jwt, none, unknown_value",
        "private_key_jwt, XS256, unknown_value",
        "client_secret_jwt, HS512, ''",
        "client_secret_jwt, RS256, wrong_for_method",
        "client_secret_jwt, none, unknown_value",
        "client_secret_basic, PS256, ''"
    })
    @DisplayName("OIDC Registration §2: token_endpoint_auth_signing_alg fits the method and is never none")
    @Tag("OIDCR-2-token_endpoint_auth_signing_alg")
    void signingAlgorithm(String method, String algorithm, String code) {
        var faults = OAUTH.faults(client("'token_endpoint_auth_method': '%s', 'token_endpoint_auth_signing_alg': '%s'"
                .formatted(method, algorithm)));
        if (code.isEmpty()) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly("token_endpoint_auth_signing_alg " + code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls_client_auth_subject_dn | CN=client,O=Example Bank,C=GB",
                "tls_client_auth_subject_dn | CN=a\\\\,b+UID=7, O=\\\\C3\\\\A9",
                "tls_client_auth_subject_dn | 2.5.4.97=#0c0f50534447422d4643412d31323334,CN=x",
                "tls_client_auth_subject_dn | OID.2.5.4.97=PSDGB-FCA-1234",
                "tls_client_auth_san_dns | client.example",
                "tls_client_auth_san_uri | https://client.example/id",
                "tls_client_auth_san_uri | urn:example:client",
                "tls_client_auth_san_ip | 192.0.2.7",
                "tls_client_auth_san_ip | 2001:db8::7",
                "tls_client_auth_san_email | ops@client.example"
            })
    @DisplayName("RFC 8705 §2.1.2: one subject of the client's certificate")
    @Tag("RFC8705-2.1.1-method")
    @Tag("RFC8705-2.1.2-subject_dn")
    void oneSubject(String member, String value) {
        assertThat(OAUTH.faults(
                        client("'token_endpoint_auth_method': 'tls_client_auth', '%s': '%s'".formatted(member, value))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls_client_auth_subject_dn | client",
                "tls_client_auth_subject_dn | CN",
                "tls_client_auth_subject_dn | CN=",
                "tls_client_auth_subject_dn | =client",
                "tls_client_auth_subject_dn | 1CN=client",
                "tls_client_auth_subject_dn | CN=a,,O=b",
                "tls_client_auth_subject_dn | 2.5.4.97=#0g",
                "tls_client_auth_san_dns | *.client.example",
                "tls_client_auth_san_dns | client_example",
                "tls_client_auth_san_dns | -client.example",
                "tls_client_auth_san_uri | client",
                "tls_client_auth_san_ip | 192.0.2.256",
                "tls_client_auth_san_ip | 192.0.2",
                "tls_client_auth_san_ip | client.example",
                "tls_client_auth_san_ip | 2001:db8::x",
                "tls_client_auth_san_ip | ::1]/x:",
                "tls_client_auth_san_email | ops",
                "tls_client_auth_san_email | ops@",
                "tls_client_auth_san_email | @client.example"
            })
    @DisplayName("RFC 8705 §2.1.2 and RFC 4514: a malformed subject")
    @Tag("RFC8705-2.1.2-subject_dn")
    @Tag("RFC8705-2.1.2-san_dns")
    @Tag("RFC8705-2.1.2-san_uri")
    @Tag("RFC8705-2.1.2-san_ip")
    @Tag("RFC8705-2.1.2-san_email")
    void malformedSubject(String member, String value) {
        assertThat(OAUTH.faults(
                        client("'token_endpoint_auth_method': 'tls_client_auth', '%s': '%s'".formatted(member, value))))
                .containsExactly(member + " bad_format");
    }

    @Test
    @DisplayName("RFC 8705 §2.1.2: exactly one subject")
    @Tag("RFC8705-2.1.2-one")
    void exactlyOneSubject() {
        assertThat(OAUTH.faults(client("'token_endpoint_auth_method': 'tls_client_auth'")))
                .containsExactly("tls_client_auth_subject_dn required");
        assertThat(
                        OAUTH.faults(
                                client(
                                        "'token_endpoint_auth_method': 'tls_client_auth', 'tls_client_auth_san_dns': 'a.example', 'tls_client_auth_san_ip': '::1', 'tls_client_auth_subject_dn': 'CN=a'")))
                .containsExactly("tls_client_auth_san_dns exclusive", "tls_client_auth_san_ip exclusive");
    }

    @Test
    @DisplayName("RFC 8705 §2.1.2: a subject may stand beside another method, which does not look at it")
    void aSubjectMayStandBesideAnotherMethod() {
        assertThat(OAUTH.faults(client("'tls_client_auth_subject_dn': 'CN=a'"))).isEmpty();
    }
}
