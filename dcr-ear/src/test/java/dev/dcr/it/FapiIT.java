package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import dev.dcr.sandbox.SigningKey;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FAPI 1.0 Advanced and FAPI 2.0: {@code dcr.profile = "fapi"}, without a directory. */
class FapiIT {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> "[dcr]\nprofile = \"fapi\"\n" + Scene.openRegistration());
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "ES256"})
    @DisplayName("FAPI 1.0 Advanced §5.2.2: code with JARM by pushed requests, tokens bound to a certificate")
    @Tag("FAPI1ADV-5.2.2-1-signed")
    @Tag("FAPI1ADV-5.2.2-2-response_types")
    @Tag("FAPI1ADV-5.2.2-5-constrained")
    @Tag("FAPI1ADV-8.6-algorithms")
    void livesThroughALifeCycleByPrivateKey(String algorithm) {
        var request = byPrivateKey(algorithm).build();
        var registered = client.create(request);
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        assertThat(registered.json())
                .containsAllEntriesOf(request)
                .containsAllEntriesOf(json("{'require_signed_request_object': true, 'application_type': 'web',"
                        + "'tls_client_certificate_bound_access_tokens': true}"))
                .doesNotContainKey("client_secret");
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(client.read(id, token).json()).isEqualTo(registered.json());

        var replaced =
                client.replace(id, token, byCertificate().add("client_id", id).build());
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json())
                .containsAllEntriesOf(byCertificate().build())
                .doesNotContainKeys("jwks", "token_endpoint_auth_signing_alg", "require_pushed_authorization_requests");
        assertThat(client.read(id, token).json()).isEqualTo(replaced.json());

        assertThat(client.delete(id, token).status()).isEqualTo(204);
        assertThat(client.read(id, token).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("FAPI 1.0 Advanced §5.2.2-14: tls_client_auth, and code id_token without the implicit grant")
    @Tag("FAPI1ADV-5.2.2-14-authentication")
    @Tag("OIDCR-2-grant_types")
    void livesThroughALifeCycleByCertificate() {
        var registered = client.create(byCertificate()
                .add("response_types", JSON.createArrayBuilder().add("code id_token"))
                .build());
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        var update = byPrivateKey("PS256").add("client_id", id);
        assertThat(client.replace(id, token, update.build()).json())
                .doesNotContainKeys("tls_client_auth_san_dns", "use_mtls_endpoint_aliases", "client_secret");
        assertThat(client.delete(id, token).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("RFC 8705 §2.2: a self-signed certificate in the client's own set")
    @Tag("RFC8705-2.2.2-certificate")
    void registersASelfSignedCertificate() {
        var self = TestClient.of("CN=self");
        var key = new ECKey.Builder(self.jwk())
                .x509CertChain(List.of(new Base64(self.base64())))
                .build();
        var request = common("PS256")
                .add("token_endpoint_auth_method", "self_signed_tls_client_auth")
                .add("jwks", set(key))
                .build();
        var reply = client.create(request);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        var bare = JSON.createObjectBuilder(request).add("jwks", set(self.jwk()));
        assertThat(client.create(bare.build()).violatedFields()).containsExactly("jwks");
    }

    @Test
    @DisplayName("FAPI 2.0 §5.3.2.1: tokens bound by DPoP, requests pushed, where enforcement of FAPI 1.0 is off")
    @Tag("RFC9449-5.2-bound")
    @Tag("RFC9126-6-required")
    void registersAClientOfFapi2() {
        try (var fapi2 = Scene.configured(sandbox -> """
                [dcr]
                profile = "fapi"
                [oauth.dcr]
                enable_fapi_enforcement = false
                """ + Scene.openRegistration())) {
            var request = byPrivateKey("ES256")
                    .add("dpop_bound_access_tokens", true)
                    .add("require_signed_request_object", false)
                    .add("tls_client_certificate_bound_access_tokens", false)
                    .build();
            var reply = fapi2.client().create(request);
            assertThat(reply.status()).as(reply.body()).isEqualTo(201);
            assertThat(reply.json()).containsAllEntriesOf(request);
            var weak = byPrivateKey("ES256").add("token_endpoint_auth_method", "client_secret_basic");
            assertThat(fapi2.client().create(weak.build()).violatedFields()).contains("token_endpoint_auth_method");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    token_endpoint_auth_method                 | 'client_secret_basic'
                    token_endpoint_auth_method                 | 'client_secret_jwt'
                    token_endpoint_auth_method                 | 'none'
                    token_endpoint_auth_method                 | null
                    token_endpoint_auth_signing_alg            | 'RS256'
                    response_types                             | ['token']
                    response_types                             | ['code', 'code token']
                    response_types                             | ['id_token']
                    grant_types                                | ['authorization_code', 'password']
                    id_token_signed_response_alg               | 'RS256'
                    id_token_signed_response_alg               | 'none'
                    id_token_encrypted_response_alg            | 'RSA1_5'
                    userinfo_signed_response_alg               | 'RS256'
                    request_object_signing_alg                 | 'none'
                    request_object_signing_alg                 | 'RS256'
                    authorization_signed_response_alg          | 'RS256'
                    authorization_encrypted_response_alg       | 'RSA1_5'
                    backchannel_token_delivery_mode            | 'push'
                    require_signed_request_object              | false
                    tls_client_certificate_bound_access_tokens | false
                    jwks                                       | null
                    """)
    @DisplayName("FAPI 1.0 Advanced §5.2.2 and §8.6, FAPI 2.0 §5.3.2 and §5.4, FAPI CIBA §5.2.2")
    @Tag("FAPI1ADV-8.6-none")
    @Tag("FAPI1ADV-8.6.1-rsa1_5")
    @Tag("FAPI2-5.3.2.1-password")
    @Tag("FAPI2-5.3.2.1-confidential")
    @Tag("FAPI2-5.3.2.1-authentication")
    @Tag("FAPI2-5.4.1-algorithms")
    @Tag("FAPICIBA-5.2.2-push")
    void refusesWhatFapiDoesNotAllow(String member, String value) {
        var changed = json("{'value': " + value + "}").get("value");
        var reply = client.create(byPrivateKey("PS256").add(member, changed).build());
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.violatedFields()).anyMatch(field -> field.startsWith(member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://client.example/cb", "com.example.app:/cb"})
    @DisplayName("FAPI 1.0 Baseline §5.2.2-20, FAPI 2.0 §5.3.2.2: https, for native clients as well")
    @Tag("FAPI1BASE-5.2.2-20-https")
    @Tag("FAPI2-5.3.2.2-https")
    void refusesARedirectUriWithoutHttps(String uri) {
        var request = byPrivateKey("PS256")
                .add("application_type", "native")
                .add("redirect_uris", JSON.createArrayBuilder().add(uri));
        var reply = client.create(request.build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
    }

    @Test
    @DisplayName("FAPI 1.0 Baseline §5.2.2-5, FAPI 2.0 §5.4.1: RSA keys of 2048 bits")
    @Tag("FAPI1BASE-5.2.2-5-rsa")
    @Tag("FAPI2-5.4.1-keys")
    void refusesAShortKey() throws Exception {
        var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        var reply = client.create(byPrivateKey("PS256").add("jwks", set(weak)).build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.violatedFields()).anyMatch(field -> field.startsWith("jwks.keys[0]"));
    }

    private static JsonObjectBuilder byPrivateKey(String algorithm) {
        return common(algorithm)
                .add("token_endpoint_auth_method", "private_key_jwt")
                .add("token_endpoint_auth_signing_alg", algorithm)
                .add("request_object_signing_alg", algorithm)
                .add("require_pushed_authorization_requests", true)
                .add(
                        "jwks",
                        set(SigningKey.generate(JWSAlgorithm.parse(algorithm)).jwk()));
    }

    private static JsonObjectBuilder byCertificate() {
        return common("PS256")
                .add("token_endpoint_auth_method", "tls_client_auth")
                .add("tls_client_auth_san_dns", "client.example")
                .add("use_mtls_endpoint_aliases", true);
    }

    private static JsonObjectBuilder common(String algorithm) {
        return JSON.createObjectBuilder(json("{'redirect_uris': ['https://client.example/cb'],"
                        + "'grant_types': ['authorization_code', 'refresh_token'], 'response_types': ['code']}"))
                .add("id_token_signed_response_alg", algorithm)
                .add("authorization_signed_response_alg", algorithm);
    }

    private static JsonObject set(JWK key) {
        return json(new JWKSet(key).toString());
    }
}
