package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.dcr.sandbox.SigningKey;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenID Connect Dynamic Client Registration 1.0: {@code dcr.profile = "oidc"}, and the site of a relying party. */
class OpenIdConnectIT {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final ClientSite SITE = ClientSite.start();
    private static final JWK SIGNING = SigningKey.generate(JWSAlgorithm.ES256).jwk();
    private static final JWK ENCRYPTION = encryptionKey();

    private static Scene scene;
    private static URI sector;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        sector = SITE.publish("/sector", "[\"https://client.example/cb\", \"https://client.test.example/cb\"]");
        scene = Scene.started(sandbox -> Scene.onTheDatabase("""
                        [dcr]
                        profile = "oidc"
                        [dcr.outbound]
                        allowed_hosts = ["localhost"]
                        """ + Scene.openRegistration())
                .environment(
                        "JAVA_TOOL_OPTIONS",
                        "-Djavax.net.ssl.trustStore=" + SITE.trustStore()
                                + " -Djavax.net.ssl.trustStorePassword=sandbox"));
    }

    @AfterAll
    static void close() {
        scene.close();
        SITE.close();
    }

    @Test
    @DisplayName("OIDC Registration §3.1, §3.2, §4.2, §4.3: a relying party with all that it can say about itself")
    @Tag("OIDCR-3.2-created")
    @Tag("OIDCR-2.1-tags")
    @Tag("OIDCR-2-request_uris")
    @Tag("OIDCR-5-fetched")
    void livesThroughALifeCycle() {
        var request = relyingParty().build();
        var registered = client.create(request);
        assertThat(registered.status()).as(registered.body()).isEqualTo(201);
        assertThat(registered.json())
                .containsAllEntriesOf(request)
                .containsAllEntriesOf(json("{'id_token_encrypted_response_enc': 'A128CBC-HS256'}"))
                .doesNotContainKey("client_secret");
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(client.read(id, token).json()).isEqualTo(registered.json());

        var update = relyingParty()
                .add("client_id", id)
                .add("client_name", "My New Example")
                .add("client_name#fr", JsonValue.NULL)
                .add("id_token_signed_response_alg", JsonValue.NULL)
                .add("userinfo_signed_response_alg", JsonValue.NULL);
        var replaced = client.replace(id, token, update.build());
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json())
                .containsAllEntriesOf(json(
                        "{'client_name': 'My New Example', 'client_name#ja-Jpan-JP': '\u30af\u30e9\u30a4\u30a2\u30f3\u30c8\u540d',"
                                + "'id_token_signed_response_alg': 'RS256'}"))
                .doesNotContainKeys("client_name#fr", "userinfo_signed_response_alg");
        assertThat(client.read(id, token).json()).isEqualTo(replaced.json());

        assertThat(client.delete(id, token).status()).isEqualTo(204);
        assertThat(client.read(id, token).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("OIDC Registration §2: what a web client gets that says nothing but where it is")
    @Tag("OIDCR-2-application_type")
    @Tag("OIDCR-2-id_token_signed_response_alg")
    void fillsInTheDefaultsOfTheSpecification() {
        assertThat(client.create(Scene.metadata().build()).json())
                .containsAllEntriesOf(json("{'application_type': 'web', 'id_token_signed_response_alg': 'RS256',"
                        + "'response_types': ['code'], 'grant_types': ['authorization_code'],"
                        + "'token_endpoint_auth_method': 'client_secret_basic'}"))
                .containsKeys("client_secret", "client_secret_expires_at")
                .doesNotContainKeys("subject_type", "require_auth_time", "backchannel_logout_session_required");
    }

    @Test
    @DisplayName("RP Metadata Choices §3: the first of the choices that holds here is registered")
    @Tag("CHOICES-2-input")
    @Tag("CHOICES-3-supported")
    void picksFromTheChoices() {
        var request = relyingParty()
                .add("id_token_signed_response_alg", JsonValue.NULL)
                .add(
                        "id_token_signing_alg_values_supported",
                        JSON.createArrayBuilder().add("XX256").add("ES256"));
        assertThat(client.create(request.build()).json())
                .containsAllEntriesOf(json("{'id_token_signed_response_alg': 'ES256'}"))
                .doesNotContainKey("id_token_signing_alg_values_supported");
    }

    @Test
    @DisplayName("OIDC Registration §2: a native client has a scheme of its own and the loopback address")
    @Tag("OIDCR-2-native")
    void registersANativeClient() {
        var reply = client.create(json("{'application_type': 'native', 'token_endpoint_auth_method': 'none',"
                + "'redirect_uris': ['com.example.app:/cb', 'http://127.0.0.1:49152/cb']}"));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json()).doesNotContainKey("client_secret");
    }

    @Test
    @DisplayName("OIDC Registration §5: the sector's array holds each of redirect_uris, after an update as well")
    @Tag("OIDCR-5-every-uri")
    void refusesARedirectUriBeyondTheSector() {
        var uris = JSON.createArrayBuilder(List.of("https://client.test.example/cb", "https://elsewhere.example/cb"))
                .build();
        var refused = client.create(relyingParty().add("redirect_uris", uris).build());
        assertThat(refused.error()).isEqualTo("invalid_client_metadata");
        assertThat(refused.violatedFields()).containsExactly("sector_identifier_uri");

        var registered = client.create(relyingParty().build());
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        var update = relyingParty().add("client_id", id).add("redirect_uris", uris);
        assertThat(client.replace(id, token, update.build()).violatedFields()).containsExactly("sector_identifier_uri");
        assertThat(client.read(id, token).json()).isEqualTo(registered.json());
    }

    @Test
    @DisplayName("OIDC Registration §5: what is no array of addresses, or not there, is no sector")
    @Tag("OIDCR-2-sector_identifier_uri")
    void refusesASectorThatCannotBeRead() {
        for (var address : List.of(SITE.publish("/object", "{}"), SITE.url("/nothing"))) {
            var request = relyingParty().add("sector_identifier_uri", address.toString());
            var reply = client.create(request.build());
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.violatedFields()).containsExactly("sector_identifier_uri");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    application_type                | 'desktop'
                    subject_type                    | 'hidden'
                    sector_identifier_uri           | 'http://client.example/sector'
                    sector_identifier_uri           | null
                    grant_types                     | ['authorization_code']
                    id_token_signed_response_alg    | 'none'
                    id_token_signed_response_alg    | 'HS256'
                    id_token_encrypted_response_alg | 'ECDH-ES'
                    userinfo_signed_response_alg    | 'XX256'
                    request_object_signing_alg      | 'PS256'
                    token_endpoint_auth_signing_alg | 'none'
                    token_endpoint_auth_signing_alg | 'HS256'
                    default_max_age                 | -1
                    require_auth_time               | 'yes'
                    default_acr_values              | '1'
                    initiate_login_uri              | 'http://client.example/login'
                    request_uris                    | ['http://client.example/request']
                    frontchannel_logout_uri         | 'https://client.example:8443/logout'
                    frontchannel_logout_uri         | 'https://client.example/logout#here'
                    backchannel_logout_uri          | 'http://client.example/logout'
                    backchannel_logout_uri          | 'https://client.example/logout#here'
                    post_logout_redirect_uris       | ['http://client.example/bye']
                    logo_uri#fr                     | 'http://client.example/logo'
                    jwks_uri                        | 'https://client.example/jwks'
                    jwks                            | {'keys': []}
                    """)
    void refusesWhatTheSpecificationDoesNotAllow(String member, String value) {
        var changed = json("{'value': " + value + "}").get("value");
        var reply = client.create(relyingParty().add(member, changed).build());
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.violatedFields()).anyMatch(field -> field.startsWith(withoutTwin(member)));
    }

    /** Of two members that exclude each other, either may be named. */
    private static String withoutTwin(String member) {
        return switch (member) {
            case "jwks_uri", "id_token_encrypted_response_alg", "request_object_signing_alg" -> "jwks";
            case "grant_types" -> "response_types";
            default -> member;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost/cb",
        "http://client.example/cb",
        "http://127.0.0.1:49152/cb",
        "com.example.app:/cb",
        "https://client.example/cb#fragment"
    })
    @DisplayName("OIDC Registration §2: where a web client may not be sent to")
    @Tag("OIDCR-2-web-https")
    @Tag("OIDCR-2-web-localhost")
    @Tag("OIDCR-2-verify")
    void refusesARedirectUriThatIsNotOfTheWeb(String uri) {
        var uris = JSON.createArrayBuilder().add("https://client.example/cb").add(uri);
        var reply = client.create(relyingParty().add("redirect_uris", uris).build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
        assertThat(reply.violatedFields()).contains("redirect_uris[1]");
    }

    @Test
    @DisplayName("OIDC Registration §2: jwks holds no private key")
    @Tag("OIDCR-2-jwks")
    void refusesAPrivateKey() {
        var jwks = json(new JWKSet(List.of(SIGNING, ENCRYPTION)).toString(false));
        var reply = client.create(relyingParty().add("jwks", jwks).build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.violatedFields()).anyMatch(field -> field.startsWith("jwks"));
        assertThat(reply.body())
                .doesNotContain(jwks.getJsonArray("keys").getJsonObject(0).getString("d"));
    }

    private static JsonObjectBuilder relyingParty() {
        JsonObject members = json("""
                {'redirect_uris': ['https://client.example/cb', 'https://client.test.example/cb'],
                 'response_types': ['code', 'code id_token'],
                 'grant_types': ['authorization_code', 'implicit', 'refresh_token'],
                 'application_type': 'web', 'contacts': ['ve7jtb@client.example'],
                 'client_name': 'My Example', 'client_name#fr': 'Mon exemple',
                 'client_name#ja-Jpan-JP': '\u30af\u30e9\u30a4\u30a2\u30f3\u30c8\u540d',
                 'logo_uri': 'https://client.example/logo.png', 'logo_uri#fr': 'https://client.example/logo.fr.png',
                 'client_uri': 'https://client.example/', 'policy_uri': 'https://client.example/policy',
                 'tos_uri': 'https://client.example/tos', 'subject_type': 'pairwise',
                 'token_endpoint_auth_method': 'private_key_jwt', 'token_endpoint_auth_signing_alg': 'ES256',
                 'id_token_signed_response_alg': 'ES256', 'id_token_encrypted_response_alg': 'RSA-OAEP-256',
                 'userinfo_signed_response_alg': 'ES256', 'request_object_signing_alg': 'ES256',
                 'default_max_age': 3600, 'require_auth_time': true, 'default_acr_values': ['urn:example:loa2', '1'],
                 'initiate_login_uri': 'https://client.example/login',
                 'request_uris': ['https://client.example/request.jwt#GkurKxf5T0Y-mnPFCHqWOMiZi4VS138cQO_V7PZHAdM'],
                 'post_logout_redirect_uris': ['https://client.example/bye'],
                 'frontchannel_logout_uri': 'https://client.test.example/logout',
                 'frontchannel_logout_session_required': true,
                 'backchannel_logout_uri': 'https://client.example/backchannel',
                 'backchannel_logout_session_required': true}
                """);
        return JSON.createObjectBuilder(members)
                .add("sector_identifier_uri", sector.toString())
                .add("jwks", json(new JWKSet(List.of(SIGNING, ENCRYPTION)).toString()));
    }

    private static JWK encryptionKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.ENCRYPTION)
                    .keyID("encryption")
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
