package dev.dcr.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS by PEM files that the configuration names, renewed under the running server; every client needs a certificate. */
class TlsIT {
    private static final int TLS_1_2 = 0x0303;
    /** How a ClientHello begins. */
    private static final byte[] HANDSHAKE = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final TestClient CLIENT = TestClient.of("CN=client");
    private static final TestClient STRANGER = TestClient.of("CN=stranger");

    private static Path certificate;
    private static Path key;
    private static Path clients;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        var directory = Files.createTempDirectory(Path.of("target"), "tls").toAbsolutePath();
        certificate = directory.resolve("server.pem");
        key = directory.resolve("server.key");
        clients = Files.writeString(directory.resolve("clients.pem"), CLIENT.pem());
        renew();
        server = ServerProcess.configured("""
                        [dcr.tls]
                        certificate_file = "%s"
                        key_file = "%s"
                        client_ca_file = "%s"
                        client_auth = "need"
                        reload_interval = 1
                        """.formatted(certificate, key, clients))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void servesTheOperatorsCertificateByTls13() throws Exception {
        try (var connection = connect(CLIENT.tls())) {
            assertThat(peer(connection)).isEqualTo(TestAuthority.read(certificate));
            assertThat(connection.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void takesAClientCertificateThatItTrusts() throws Exception {
        try (var connection = connect(CLIENT.tls())) {
            assertThat(statusOn(connection)).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void refusesAClientCertificateThatItDoesNotTrust() {
        assertRefused(STRANGER.tls());
    }

    @Test
    void refusesAClientWithoutACertificate() {
        assertRefused(TestClient.anonymousTls());
    }

    @Test
    void speaksHttp2() throws Exception {
        var http = HttpClient.newBuilder().sslContext(CLIENT.tls()).build();
        var request = HttpRequest.newBuilder(server.https().resolve("/openapi")).build();
        var reply = http.send(request, BodyHandlers.discarding());
        assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(reply.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    /** Ephemeral keys and authenticated encryption alone; the certificate's key is RSA, which most weak suites want. */
    @Test
    void negotiatesNoWeakSuite() throws Exception {
        var offered = ClientHello.allSuites();
        var accepted = new TreeSet<Integer>();
        for (var choice = choice(offered); choice != null; choice = choice(offered)) {
            accepted.add(choice);
            offered.remove(choice);
        }
        assertThat(accepted)
                .containsExactlyInAnyOrder(
                        0xc02f, // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                        0xc030, // TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                        0xcca8); // TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    }

    /** SSL 3.0, TLS 1.0 and TLS 1.1 (RFC 7568, RFC 8996), whatever suite is offered. */
    @ParameterizedTest
    @ValueSource(ints = {0x0300, 0x0301, 0x0302})
    void speaksNoOldTls(int version) throws IOException {
        assertThat(new ClientHello(version, ClientHello.allSuites())
                        .choiceOf(server.https().getPort()))
                .isEmpty();
    }

    @Test
    void usesARenewedCertificateWhileOpenConnectionsStay() throws Exception {
        try (var open = connect(CLIENT.tls())) {
            renew();
            var renewed = TestAuthority.read(certificate);
            awaitCertificate(renewed);
            assertThat(peer(open)).isNotEqualTo(renewed);
            assertThat(statusOn(open)).startsWith("HTTP/1.1 404 ");
        }
        assertThat(server.output()).contains("HTTPS by the certificate of CN=localhost");
    }

    @Test
    void goesOnWithItsCertificateWhereTheNewOneIsBroken() throws Exception {
        renew();
        var before = TestAuthority.read(certificate);
        awaitCertificate(before);
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n");
        await().until(() -> server.output()
                .contains("HTTPS goes on with what it had before: dcr.tls.certificate_file: " + certificate
                        + ":1: what is in this block is no base64"));
        try (var connection = connect(CLIENT.tls())) {
            assertThat(peer(connection)).isEqualTo(before);
            assertThat(statusOn(connection)).startsWith("HTTP/1.1 404 ");
        }
        renew();
        awaitCertificate(TestAuthority.read(certificate));
    }

    @Test
    void believesAnIssuerOfClientsThatIsAdded() throws Exception {
        var newcomer = TestClient.of("CN=newcomer");
        assertRefused(newcomer.tls());
        Files.writeString(clients, CLIENT.pem() + "\n" + newcomer.pem());
        await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
            try (var connection = connect(newcomer.tls())) {
                assertThat(statusOn(connection)).startsWith("HTTP/1.1 404 ");
            }
        });
    }

    /** Connections are bounded; those who take them and say nothing, or half of it, keep them for ten seconds. */
    @Test
    void waitsForNoHandshakeForEver() throws IOException {
        var port = server.https().getPort();
        try (var greeted = connect(CLIENT.tls());
                var silent = new Socket("localhost", port);
                var slow = new Socket("localhost", port)) {
            slow.getOutputStream().write(HANDSHAKE);
            for (var rude : List.of(silent, slow)) {
                rude.setSoTimeout(30_000);
                assertThat(rude.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(statusOn(greeted)).startsWith("HTTP/1.1 404 ");
        }
    }

    /** The refusal may reach a client of TLS 1.3 as an alert, or as the end of the connection before the alert is read. */
    private static void assertRefused(SSLContext client) {
        assertThatThrownBy(() -> statusOn(connect(client))).isInstanceOfAny(SSLException.class, SocketException.class);
    }

    private static void awaitCertificate(X509Certificate expected) {
        await().untilAsserted(() -> {
            try (var connection = connect(CLIENT.tls())) {
                assertThat(peer(connection)).isEqualTo(expected);
            }
        });
    }

    /** As tools for certificates do it: each file as a whole, one after the other. */
    private static void renew() throws IOException {
        var newCertificate = certificate.resolveSibling("new.pem");
        var newKey = key.resolveSibling("new.key");
        AUTHORITY.issueForLocalhost(TestAuthority.keyPair("RSA", 2048), newCertificate, newKey);
        Files.move(newCertificate, certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.move(newKey, key, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Integer choice(TreeSet<Integer> offered) throws IOException {
        return new ClientHello(TLS_1_2, offered)
                .choiceOf(server.https().getPort())
                .orElse(null);
    }

    private static X509Certificate peer(SSLSocket connection) throws SSLException {
        return (X509Certificate) connection.getSession().getPeerCertificates()[0];
    }

    /** The first line of a reply; the connection stays open. By TLS 1.3 a client hears of its refusal only here. */
    private static String statusOn(SSLSocket connection) throws IOException {
        connection.getOutputStream().write("HEAD /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII)).readLine();
    }

    private static SSLSocket connect(SSLContext tls) throws IOException {
        var socket = (SSLSocket)
                tls.getSocketFactory().createSocket("localhost", server.https().getPort());
        socket.startHandshake();
        return socket;
    }
}
