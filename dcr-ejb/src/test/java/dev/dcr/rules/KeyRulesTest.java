package dev.dcr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRulesTest {
    private static final Trial OAUTH = Trial.under(Profile.OAUTH);
    private static final String RSA = rsa(2048);
    private static final String EC = ec(Curve.P_256);
    private static final String ED25519 =
            "{'kty': 'OKP', 'crv': 'Ed25519', 'x': '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'}";
    private static final String X25519 =
            "{'kty': 'OKP', 'crv': 'X25519', 'x': 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo'}";

    private static String rsa(int bits) {
        try {
            return new RSAKeyGenerator(bits, true)
                    .generate()
                    .toPublicJWK()
                    .toJSONString()
                    .replace('"', '\'');
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String ec(Curve curve) {
        try {
            return new ECKeyGenerator(curve)
                    .generate()
                    .toPublicJWK()
                    .toJSONString()
                    .replace('"', '\'');
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The key with more members. */
    private static String with(String key, String members) {
        return key.substring(0, key.length() - 1) + ", " + members + "}";
    }

    private static String client(String keys, String members) {
        return "{'redirect_uris': ['https://client.example/cb'], 'jwks': {'keys': [%s]}%s}"
                .formatted(keys, members.isEmpty() ? "" : ", " + members);
    }

    @Test
    @DisplayName("RFC 7518 §6, RFC 8037 §2: public keys of every known kind")
    @Tag("RFC7591-2-jwks")
    @Tag("RFC8037-2-octets")
    void soundKeys() {
        var keys = String.join(", ", RSA, EC, ec(Curve.P_384), ec(Curve.P_521), ED25519, X25519);
        assertThat(OAUTH.faults(client(keys, ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'d': 'AQAB'", "'p': 'AQAB'", "'oth': []", "'k': 'AQAB'"})
    @DisplayName("RFC 7517 §9.2: no private key material")
    @Tag("OIDCR-2-jwks")
    @Tag("RFC7517-9.2-private")
    void privateKeys(String member) {
        assertThat(OAUTH.faults(client(EC + ", " + with(RSA, member), ""))).containsExactly("jwks.keys[1] private_key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kty\": \"oct\", \"k\": \"AQAB\"} | symmetric_key",
                "{\"kty\": \"oct\"} | symmetric_key",
                "{} | no_key_type",
                "{\"kty\": 7} | no_key_type",
                "{\"kty\": \"\"} | no_key_type",
                "{\"kty\": \"EC\"} | bad_key",
                "{\"kty\": \"RSA\"} | bad_key",
                "{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"AQAB\", \"y\": \"AQAB\"} | bad_key",
                "{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"x\": \"AQAB\"} | bad_key",
                "{\"kty\": \"XYZ\", \"priv\": \"AQAB\"} | private_key"
            },
            quoteCharacter = '`')
    @DisplayName("RFC 7517 §4: keys that nobody can use")
    @Tag("OIDCR-2-jwks")
    @Tag("RFC8037-2-octets")
    @Tag("FAPI1BASE-5.2.2-6-ec")
    void unusableKeys(String key, String code) {
        assertThat(OAUTH.faults(client(key, ""))).containsExactly("jwks.keys[0] " + code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kty': 'AKP', 'alg': 'ML-DSA-44', 'pub': 'AQAB'}",
                "{'kty': 'EC', 'crv': 'P-257', 'x': 'AQAB', 'y': 'AQAB'}",
                "{'kty': 'OKP', 'crv': 'Foo', 'x': 'AQAB'}"
            })
    @DisplayName("RFC 7517 §5: keys of unknown kinds are ignored, and serve for nothing")
    @Tag("RFC7517-5-unknown")
    void unknownKinds(String key) {
        assertThat(OAUTH.faults(client(key + ", " + EC, "'token_endpoint_auth_method': 'private_key_jwt'")))
                .isEmpty();
        assertThat(OAUTH.faults(client(key, "'token_endpoint_auth_method': 'private_key_jwt'")))
                .containsExactly("jwks no_usable_key");
    }

    @Test
    @DisplayName("RFC 7518 §3.3: RSA keys have 2048 bits or more")
    @Tag("RFC7518-3.3-rsa")
    @Tag("FAPI1BASE-5.2.2-5-rsa")
    @Tag("FAPI2-5.4.1-keys")
    void weakRsa() {
        var modulus = Base64URL.encode(BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE));
        assertThat(OAUTH.faults(client(rsa(1024), ""))).containsExactly("jwks.keys[0] weak_key");
        assertThat(OAUTH.faults(client("{'kty': 'RSA', 'e': 'AQ', 'n': '%s'}".formatted(modulus), "")))
                .containsExactly("jwks.keys[0] weak_exponent");
    }

    @Test
    @DisplayName("RFC 7517 §4.5: no two keys with the same kid")
    @Tag("RFC7517-4.5-kid")
    void duplicateKid() {
        assertThat(OAUTH.faults(client(
                        with(EC, "'kid': 'a'") + "," + with(RSA, "'kid': 'b'") + "," + with(ED25519, "'kid': 'a'"),
                        "")))
                .containsExactly("jwks.keys[2].kid duplicate_kid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'use': 'sig', 'alg': 'PS256' | ",
                "'use': 'enc', 'alg': 'RSA-OAEP' | ",
                "'use': 'tls' | ",
                "'key_ops': ['verify'] | ",
                "'alg': 'ES256' | jwks.keys[0] wrong_alg",
                "'alg': 'HS256' | jwks.keys[0] wrong_alg",
                "'use': 'enc', 'alg': 'PS256' | jwks.keys[0] wrong_use",
                "'use': 'sig', 'alg': 'RSA-OAEP' | jwks.keys[0] wrong_use",
                "'key_ops': ['sign'] | jwks.keys[0] bad_key_ops"
            })
    @DisplayName("RFC 7517 §4.2 to §4.4: use, key_ops and alg agree with the key")
    @Tag("RFC7517-4.2-use")
    void purpose(String members, String fault) {
        assertThat(OAUTH.faults(client(with(RSA, members), ""))).isEqualTo(fault == null ? List.of() : List.of(fault));
    }

    @Test
    @DisplayName("RFC 7591 §2: jwks and jwks_uri exclude each other")
    @Tag("RFC7591-2-jwks-or-jwks_uri")
    @Tag("OIDCR-2-jwks-or-jwks_uri")
    void byValueOrByReference() {
        assertThat(OAUTH.faults(client(EC, "'jwks_uri': 'https://client.example/jwks'")))
                .containsExactly("jwks_uri exclusive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'keys': {}}", "{'keys': ['x']}", "{'keys': null}"})
    @DisplayName("RFC 7517 §5: a JWK set has a list of keys")
    @Tag("RFC7591-2-jwks")
    @Tag("RFC7517-5-keys")
    void noSet(String jwks) {
        assertThat(OAUTH.faults("{'redirect_uris': ['https://client.example/cb'], 'jwks': " + jwks + "}"))
                .containsExactly("jwks.keys wrong_type");
    }

    @Test
    void aSetHasAtMostAHundredKeys() {
        var keys = String.join(",", Collections.nCopies(101, ED25519));
        assertThat(OAUTH.faults(client(keys, ""))).containsExactly("jwks.keys wrong_type");
    }

    @Test
    @DisplayName("RFC 7518 §6.2.1: a point that is not on its curve")
    @Tag("RFC7518-6.2.1-point")
    void pointOffItsCurve() {
        assertThat(OAUTH.faults(client(EC.replaceFirst("'y':'..", "'y':'AA"), "")))
                .containsExactly("jwks.keys[0] bad_key");
    }

    @Test
    @DisplayName("OIDC Core §9: private_key_jwt needs a key")
    @Tag("OIDCR-2-use")
    @Tag("OIDCCORE-9-key")
    void privateKeyJwtNeedsKeys() {
        var method = "'token_endpoint_auth_method': 'private_key_jwt'";
        assertThat(OAUTH.faults("{'redirect_uris': ['https://client.example/cb'], " + method + "}"))
                .containsExactly("jwks required");
        assertThat(OAUTH.faults(
                        "{'redirect_uris': ['https://client.example/cb'], 'jwks_uri': 'https://client.example/jwks', "
                                + method + "}"))
                .isEmpty();
        assertThat(OAUTH.faults(client(RSA, method))).isEmpty();
        assertThat(OAUTH.faults(client("", method))).containsExactly("jwks no_usable_key");
        assertThat(OAUTH.faults(client(with(RSA, "'use': 'enc'"), method))).containsExactly("jwks no_usable_key");
        assertThat(OAUTH.faults(client(X25519, method))).containsExactly("jwks no_usable_key");
    }

    @ParameterizedTest
    @CsvSource({"PS256, true", "RS512, true", "ES256, false", "ES384, false", "EdDSA, false"})
    @DisplayName("OIDC Core §9: the key fits token_endpoint_auth_signing_alg")
    @Tag("OIDCCORE-9-key")
    void keyFitsAlgorithm(String algorithm, boolean fits) {
        var faults = OAUTH.faults(client(
                RSA,
                "'token_endpoint_auth_method': 'private_key_jwt', 'token_endpoint_auth_signing_alg': '" + algorithm
                        + "'"));
        if (fits) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly("jwks no_usable_key");
    }

    @Test
    @DisplayName("RFC 9864 §2.2: an Ed25519 key signs as EdDSA")
    @Tag("RFC9864-2.2-eddsa")
    void edwards() {
        assertThat(OAUTH.faults(client(
                        with(ED25519, "'alg': 'Ed25519'"),
                        "'token_endpoint_auth_method': 'private_key_jwt', 'token_endpoint_auth_signing_alg': 'EdDSA'")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "request_object_signing_alg, PS256",
        "backchannel_authentication_request_signing_alg, ES256",
        "id_token_encrypted_response_alg, RSA-OAEP",
        "userinfo_encrypted_response_alg, ECDH-ES",
        "authorization_encrypted_response_alg, RSA-OAEP-256",
        "introspection_encrypted_response_alg, RSA-OAEP-256"
    })
    @DisplayName("OIDC Registration §2: keys by value must serve what is signed by the client or encrypted to it")
    @Tag("OIDCR-2-use")
    @Tag("OIDCR-2-request_object_signing_alg")
    @Tag("JARM-3-key")
    @Tag("CIBA-4-signing_key")
    void keysByValueServeOtherUses(String member, String algorithm) {
        assertThat(OAUTH.faults(
                        "{'redirect_uris': ['https://client.example/cb'], '%s': '%s'}".formatted(member, algorithm)))
                .isEmpty();
        assertThat(OAUTH.faults(client(ED25519, "'%s': '%s'".formatted(member, algorithm))))
                .containsExactly("jwks no_usable_key");
        assertThat(OAUTH.faults(client(RSA + "," + EC, "'%s': '%s'".formatted(member, algorithm))))
                .isEmpty();
    }

    @Test
    @DisplayName("RFC 8705 §2.2.2: self_signed_tls_client_auth needs a certificate")
    @Tag("RFC8705-2.2.2-certificate")
    void selfSigned() throws Exception {
        var method = "'token_endpoint_auth_method': 'self_signed_tls_client_auth'";
        var key = new ECKeyGenerator(Curve.P_256).generate();
        var x5c = certificate(key.toPublicKey(), key.toPrivateKey());
        var jwk = key.toPublicJWK().toJSONString().replace('"', '\'');
        assertThat(OAUTH.faults(client(EC, method))).containsExactly("jwks no_certificate");
        assertThat(OAUTH.faults(client(with(jwk, "'x5c': ['" + x5c + "']"), method)))
                .isEmpty();
        assertThat(OAUTH.faults("{'redirect_uris': ['https://client.example/cb'], " + method + "}"))
                .containsExactly("jwks no_certificate");
    }

    @Test
    @DisplayName("RFC 7517 §4.7: the first certificate has the key")
    @Tag("OIDCR-2-x5c")
    @Tag("RFC7517-4.7-x5c")
    void certificateMatchesKey() throws Exception {
        var key = new RSAKeyGenerator(2048).generate();
        var x5c = certificate(key.toPublicKey(), key.toPrivateKey());
        assertThat(OAUTH.faults(client(with(RSA, "'x5c': ['" + x5c + "']"), "")))
                .containsExactly("jwks.keys[0] x5c_mismatch");
        assertThat(OAUTH.faults(client(with(RSA, "'x5c': ['AAAA']"), ""))).containsExactly("jwks.keys[0] bad_x5c");
        assertThat(OAUTH.faults(client(with(RSA, "'x5c': []"), ""))).containsExactly("jwks.keys[0] bad_x5c");
        assertThat(OAUTH.faults(client(with(RSA, "'x5c': 'x'"), ""))).containsExactly("jwks.keys[0] bad_x5c");
    }

    private static String certificate(PublicKey key, PrivateKey signer) throws Exception {
        var name = new X500Name("CN=client");
        var algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        var certificate = new X509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.parse("2100-01-01T00:00:00Z")),
                        name,
                        SubjectPublicKeyInfo.getInstance(key.getEncoded()))
                .build(new JcaContentSignerBuilder(algorithm).build(signer));
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }
}
