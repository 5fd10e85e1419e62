package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HTTPS with the operator's key store, and clients that have or lack a certificate. */
class TlsIT {
    private static final String PASSWORD = "changeit";

    private static Path serverKeys;
    private static Path clientKeys;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        var directory = Files.createTempDirectory(Path.of("target"), "tls");
        serverKeys = keyStore(directory.resolve("server.p12"), "CN=localhost,O=The operator");
        clientKeys = keyStore(directory.resolve("client.p12"), "CN=client");
        server = ServerProcess.configured("")
                .environment("DCR_TLS_KEYSTORE", serverKeys.toAbsolutePath().toString())
                .environment("DCR_TLS_KEYSTORE_PASSWORD", PASSWORD)
                .environment("DCR_TLS_TRUSTSTORE", clientKeys.toAbsolutePath().toString())
                .environment("DCR_TLS_TRUSTSTORE_PASSWORD", PASSWORD)
                .environment("DCR_TLS_NEED_CLIENT_AUTH", "true")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void servesTheOperatorsCertificateByTls13() throws Exception {
        try (var connection = connect(clientKeys, "TLSv1.3")) {
            var certificate = (X509Certificate) connection.getSession().getPeerCertificates()[0];
            assertThat(certificate.getSubjectX500Principal().getName()).contains("O=The operator");
            assertThat(connection.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void takesAClientCertificateThatItTrusts() throws Exception {
        assertThat(statusLine(clientKeys)).startsWith("HTTP/1.0 404");
    }

    @Test
    void refusesAClientCertificateThatItDoesNotTrust() {
        assertThatThrownBy(() -> statusLine(serverKeys)).isInstanceOf(SSLException.class);
    }

    @Test
    void speaksNoOldTls() {
        assertThatThrownBy(() -> connect(clientKeys, "TLSv1.1")).isInstanceOf(SSLException.class);
    }

    private static String statusLine(Path keys) throws IOException, GeneralSecurityException {
        try (var connection = connect(keys, "TLSv1.3")) {
            connection.getOutputStream().write("GET /nothing HTTP/1.0\r\n\r\n".getBytes());
            return new String(connection.getInputStream().readAllBytes());
        }
    }

    private static SSLSocket connect(Path keys, String protocol) throws IOException, GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(load(keys), PASSWORD.toCharArray());
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load(serverKeys));
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory()
                .createSocket("localhost", server.https().getPort());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    /** A self-signed certificate, which is trusted by whoever has it as an entry. */
    private static Path keyStore(Path file, String name) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }
}
