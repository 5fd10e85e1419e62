package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.dcr.sandbox.SigningKey;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Access tokens that are bound to a certificate (RFC 8705 §3) or to a key (RFC 9449), at the shipped server. */
class SenderConstraintIT {
    private static final AuthorizationServer AUTHORIZATION = AuthorizationServer.start();
    private static final String HEADER = "x-client-cert";
    private static final String BASE = "https://dcr.bank.example";
    private static final TestClient CLIENT = TestClient.of("CN=client");
    private static final TestClient STRANGER = TestClient.of("CN=client");
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);

    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> """
                [dcr]
                public_base_url = "%s"
                trusted_proxies = ["127.0.0.1"]
                [dcr.registration]
                access = "initial_access_token"
                [dcr.management]
                access = "access_token"
                [dcr.access_token]
                issuer = "%s"
                jwks_uri = "%s"
                audience = "%s"
                [oauth.mutualtls]
                client_certificate_header = "%s"
                """.formatted(
                BASE, AuthorizationServer.ISSUER, AUTHORIZATION.jwksUri(), AuthorizationServer.AUDIENCE, HEADER));
    }

    @AfterAll
    static void close() {
        scene.close();
        AUTHORIZATION.close();
    }

    @Test
    @DisplayName("RFC 8705 §3: a certificate-bound token manages its client over that certificate alone")
    void takesTheCertificateThatTheTokenIsBoundTo() {
        var id = register();
        var token = AUTHORIZATION.token(id, claims -> claims.claim("cnf", Map.of("x5t#S256", CLIENT.thumbprint())));
        assertThat(read(id, token, CLIENT.pem()).status()).isEqualTo(200);
        assertThat(read(id, token, URLEncoder.encode(CLIENT.pem(), UTF_8)).status())
                .isEqualTo(200);
        assertThat(read(id, token, CLIENT.base64()).status()).isEqualTo(200);
        assertThat(read(id, token, STRANGER.base64()).error()).isEqualTo("invalid_token");
        assertThat(read(id, token, "").status()).isEqualTo(401);
    }

    @Test
    @DisplayName("RFC 9449 §7.1: a key-bound token manages its client with a new proof each time")
    void takesAProofOfTheKeyThatTheTokenIsBoundTo() {
        var id = register();
        var token = boundToken(id);
        var proof = proof("GET", id, token, UUID.randomUUID().toString());
        assertThat(send("GET", id, token, proof, "").status()).isEqualTo(200);
        var replayed = send("GET", id, token, proof, "");
        assertThat(replayed.status()).isEqualTo(401);
        assertThat(replayed.error()).isEqualTo("invalid_dpop_proof");
        assertThat(replayed.header("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).startsWith("DPoP").contains("algs="));
        var update = metadata().add("client_id", id).build().toString();
        assertThat(send("PUT", id, token, newProof("PUT", id, token), update).status())
                .isEqualTo(200);
        assertThat(send("PUT", id, token, newProof("GET", id, token), update).status())
                .isEqualTo(401);
        assertThat(send("DELETE", id, token, newProof("DELETE", id, token), "").status())
                .isEqualTo(204);
    }

    @Test
    void aKeyBoundTokenIsNoBearerToken() {
        var id = register();
        assertThat(client.read(id, boundToken(id)).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("a client registers with a key-bound token as well")
    void registersWithAProof() {
        var token = boundToken("portal");
        var headers = Map.of(
                "Authorization",
                "DPoP " + token,
                "DPoP",
                newProof("POST", "", token),
                "Content-Type",
                "application/json");
        var body = metadata().build().toString().getBytes(UTF_8);
        assertThat(client.send("POST", "", body, headers).status()).isEqualTo(201);
        assertThat(client.send("POST", "", body, headers).error()).isEqualTo("invalid_dpop_proof");
    }

    private String register() {
        return client.create(metadata().build(), bearer(AUTHORIZATION.token("portal")))
                .clientId();
    }

    private RegistrationReply read(String id, String token, String certificate) {
        var headers = new HashMap<>(bearer(token));
        headers.put(HEADER, certificate.replace("\n", " ").strip());
        return client.send("GET", "/" + id, new byte[0], headers);
    }

    private RegistrationReply send(String method, String id, String token, String proof, String body) {
        var headers = Map.of("Authorization", "DPoP " + token, "DPoP", proof, "Content-Type", "application/json");
        return client.send(method, "/" + id, body.getBytes(UTF_8), headers);
    }

    private static String boundToken(String id) {
        try {
            var thumbprint = KEY.jwk().computeThumbprint().toString();
            return AUTHORIZATION.token(id, claims -> claims.claim("cnf", Map.of("jkt", thumbprint)));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String newProof(String method, String id, String token) {
        return proof(method, id, token, UUID.randomUUID().toString());
    }

    private static String proof(String method, String id, String token, String jti) {
        var claims = new JWTClaimsSet.Builder()
                .jwtID(jti)
                .claim("htm", method)
                .claim("htu", BASE + "/register" + (id.isEmpty() ? "" : "/" + id))
                .claim("ath", hash(token))
                .issueTime(Date.from(Instant.now()));
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(KEY.jwk().toPublicJWK());
        try {
            var jwt = new SignedJWT(header.build(), claims.build());
            jwt.sign(new ECDSASigner(KEY.jwk().toECKey()));
            return jwt.serialize();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String hash(String token) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)))
                    .toString();
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
