package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mutual TLS at the shipped server: registering takes the certificate of a key that the software statement names, managing
 * any.
 */
class MutualTlsIT {
    private static final AuthorizationServer AUTHORIZATION = AuthorizationServer.start();
    private static final TestClient SOFTWARE = TestClient.of("CN=software");
    private static final TestClient STRANGER = TestClient.of("CN=software");

    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = Scene.started(sandbox -> Scene.onTheDatabase(
                        """
                        [dcr.registration]
                        access = "software_statement"
                        mtls = "statement_keys"
                        [dcr.management]
                        access = "access_token"
                        mtls = "required"
                        [dcr.access_token]
                        issuer = "%s"
                        jwks_uri = "%s"
                        [oauth.mutualtls]
                        client_certificate_header = "x-client-cert"
                        [dcr.tls]
                        client_auth = "want"
                        """.formatted(AuthorizationServer.ISSUER, AUTHORIZATION.jwksUri()) + Scene.directory(sandbox))
                .environment(
                        "DCR_TLS_TRUSTSTORE",
                        TestClient.trustStore(SOFTWARE, STRANGER).toString())
                .environment("DCR_TLS_TRUSTSTORE_PASSWORD", "sandbox"));
    }

    @AfterAll
    static void close() {
        scene.close();
        AUTHORIZATION.close();
    }

    @Test
    void registersOverTheCertificateOfTheStatementsKey() {
        assertThat(register(SOFTWARE.tls()).status()).isEqualTo(201);
    }

    @Test
    void refusesTheCertificateOfAnybodyElse() {
        var reply = register(STRANGER.tls());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_software_statement");
        assertThat(reply.body()).contains("other_certificate");
    }

    @Test
    @DisplayName("Open Finance Brasil DCR 1.0 §7.1-1: no registration over a connection without a certificate")
    @Tag("OFBDCR-7.1-1")
    void refusesAConnectionWithoutACertificate() {
        var reply = register(TestClient.anonymousTls());
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.error()).isEqualTo("invalid_token");
    }

    @Test
    void believesNoHeaderFromAnybodyButATrustedProxy() {
        var forged = Map.of("x-client-cert", SOFTWARE.base64());
        assertThat(scene.client()
                        .create(json("{'software_statement': '" + statement() + "'}"), forged)
                        .status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("Open Finance Brasil DCR 1.0 §7.1-7: managing takes the token over a connection with a certificate")
    @Tag("OFBDCR-7.1-7")
    void managesOverACertificateOnly() {
        var id = register(SOFTWARE.tls()).clientId();
        var token = AUTHORIZATION.token(id);
        assertThat(client(STRANGER.tls()).read(id, token).status()).isEqualTo(200);
        var anonymous = client(TestClient.anonymousTls());
        assertThat(List.of(
                        anonymous.read(id, token),
                        anonymous.replace(id, token, json("{'client_id': '" + id + "'}")),
                        anonymous.delete(id, token)))
                .extracting(RegistrationReply::status)
                .containsOnly(401);
        assertThat(client(SOFTWARE.tls()).delete(id, token).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("RFC 8705 §3: a token is good over the connection of the client that it was issued to")
    void bindsATokenToTheConnection() {
        var id = register(SOFTWARE.tls()).clientId();
        var token = AUTHORIZATION.token(id, claims -> claims.claim("cnf", Map.of("x5t#S256", SOFTWARE.thumbprint())));
        assertThat(client(SOFTWARE.tls()).read(id, token).status()).isEqualTo(200);
        assertThat(client(STRANGER.tls()).read(id, token).status()).isEqualTo(401);
        assertThat(scene.client().read(id, token).status()).isEqualTo(401);
    }

    /** Each would cost the server a signature, and no limit counts them. TLS 1.3 knows none (RFC 8446 §4.1.2). */
    @Test
    void shakesHandsOnceOnAConnection() throws IOException {
        var https = scene.server().https();
        var sockets = TestClient.anonymousTls().getSocketFactory();
        try (var connection = (SSLSocket) sockets.createSocket(https.getHost(), https.getPort())) {
            connection.setEnabledProtocols(new String[] {"TLSv1.2"});
            connection.setSoTimeout(10_000);
            connection.startHandshake();
            assertThat(connection.getSession().getProtocol()).isEqualTo("TLSv1.2");
            connection.startHandshake();
            assertThatIOException()
                    .isThrownBy(connection.getInputStream()::read)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    private static RegistrationReply register(SSLContext tls) {
        return client(tls).create(json("{'software_statement': '" + statement() + "'}"));
    }

    private static String statement() {
        var directory = scene.directory();
        return directory
                .statement(directory.software("mtls-" + UUID.randomUUID()))
                .without("software_jwks_endpoint")
                .with("jwks", new JWKSet(SOFTWARE.jwk()).toJSONObject())
                .sign();
    }

    private static RegistrationClient client(SSLContext tls) {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        return new RegistrationClient(scene.server().https().resolve("/register"), http);
    }
}
