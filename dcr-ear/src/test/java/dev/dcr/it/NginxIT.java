package dev.dcr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Behind a real nginx that ends TLS, and beside it. The server trusts 127.0.0.1, where nginx connects from; clients are
 * at 127.0.0.2. Registering takes the certificate of the key that the software statement names.
 */
@EnabledIf("dev.dcr.it.Nginx#isInstalled")
class NginxIT {
    private static final String PUBLIC = "https://dcr.bank.example";
    private static final String CLIENT_ADDRESS = "127.0.0.2";
    private static final TestClient SOFTWARE = TestClient.of("CN=software");
    private static final TestClient STRANGER = TestClient.of("CN=stranger");
    private static final TestClient UNKNOWN = TestClient.of("CN=unknown to nginx");

    private static Scene scene;
    private static Nginx nginx;
    /** Of software whose key is that of {@link #SOFTWARE}. */
    private static String statement;

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> """
                [dcr]
                public_base_url = "%s"
                trusted_proxies = ["127.0.0.1/32"]
                [dcr.registration]
                access = "software_statement"
                mtls = "statement_keys"
                [oauth.mutualtls]
                client_certificate_header = "X-Client-Cert"
                """.formatted(PUBLIC) + Scene.directory(sandbox));
        var directory = scene.directory();
        statement = directory
                .statement(directory.software("nginx"))
                .without("software_jwks_endpoint")
                .with("jwks", new JWKSet(SOFTWARE.jwk()).toJSONObject())
                .sign();
        nginx = Nginx.before(scene.server(), SOFTWARE, STRANGER);
    }

    @AfterAll
    static void close() {
        if (nginx != null) nginx.close();
        scene.close();
    }

    @Test
    void passesOnTheCertificateOfItsClient() throws IOException {
        assertThat(through(SOFTWARE.tls(), registration())).startsWith("HTTP/1.1 201 ");
        assertThat(through(STRANGER.tls(), registration()))
                .startsWith("HTTP/1.1 400 ")
                .contains("other_certificate");
    }

    @Test
    void admitsNobodyWithoutACertificateOrWithOneThatItDoesNotKnow() throws IOException {
        assertThat(through(TestClient.anonymousTls(), registration())).startsWith("HTTP/1.1 401 ");
        assertThat(through(UNKNOWN.tls(), registration())).matches("(?s)HTTP/1.1 40[01] .*");
    }

    /** Names that a proxy, or a server behind it, might take for the one that is trusted. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Client-Cert", "x-client-cert", "X_Client_Cert", "X-Client_Cert", "X-Client-Cert "})
    void letsNobodyNameACertificateThatIsNotTheirs(String header) throws IOException {
        var forged = header + ": " + SOFTWARE.base64();
        assertThat(through(TestClient.anonymousTls(), registration(forged)))
                .doesNotStartWith("HTTP/1.1 201 ")
                .matches("(?s)HTTP/1.1 40[01] .*");
        assertThat(through(TestClient.anonymousTls(), registration(forged, forged)))
                .matches("(?s)HTTP/1.1 40[01] .*");
        assertThat(through(STRANGER.tls(), registration(forged))).startsWith("HTTP/1.1 400 ");
        assertThat(beside(registration(forged))).matches("(?s)HTTP/1.1 40[01] .*");
    }

    @Test
    void letsNobodyHideACertificateInTheLineOfAnotherHeader() throws IOException {
        for (var lineBreak : List.of("\r", "\r\n ", "\n", "\0"))
            assertThat(through(
                            TestClient.anonymousTls(),
                            registration("X-Other: a" + lineBreak + "X-Client-Cert: " + SOFTWARE.base64())))
                    .matches("(?s)HTTP/1.1 40[01] .*");
    }

    @Test
    void tellsWhereARequestComesFromWhateverTheClientSays() throws IOException {
        var forged = "X-Forwarded-For: 203.0.113.66\r\nForwarded: for=203.0.113.67\r\nX-Real-IP: 203.0.113.68";
        through(TestClient.anonymousTls(), registration(forged, "X-Correlation-ID: through-nginx"));
        assertThat(logged("through-nginx")).contains("source=" + CLIENT_ADDRESS + " ");
        beside(registration(forged, "X-Correlation-ID: beside-nginx"));
        assertThat(logged("beside-nginx")).contains("source=" + CLIENT_ADDRESS + " ");
    }

    @Test
    void isCalledByNoNameThatAClientInvents() throws IOException {
        var forged = new String[] {"X-Forwarded-Host: evil.example", "Forwarded: host=evil.example;proto=http"};
        var registered = through(SOFTWARE.tls(), registration(forged).replace("Host: dcr", "Host: evil"));
        assertThat(registered)
                .startsWith("HTTP/1.1 201 ")
                .contains("\"registration_client_uri\":\"" + PUBLIC + "/register/")
                .doesNotContain("evil.example");
        for (var path : List.of("/docs/", "/docs", "/openapi", "//evil.example/docs/", "/nothing"))
            assertThat(beside("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .doesNotContain("evil.example");
    }

    @Test
    void repliesAreForHttpsAloneWhereNginxSpeaksIt() throws IOException {
        var get = "GET /openapi HTTP/1.1\r\nHost: dcr.bank.example\r\nConnection: close\r\n";
        assertThat(through(TestClient.anonymousTls(), get + "X-Forwarded-Proto: http\r\n\r\n"))
                .contains("Strict-Transport-Security: max-age=31536000", "X-Content-Type-Options: nosniff")
                .doesNotContainPattern("(?im)^(?:X-Powered-By|Server: (?!nginx\r?$))");
        assertThat(beside(get + "X-Forwarded-Proto: https\r\n\r\n"))
                .doesNotContainIgnoringCase("Strict-Transport-Security");
    }

    /** RFC 9112 §11.2: what nginx takes for a body, the server must not take for a request, nor the other way round. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 7",
                "Content-Length: 7\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding : chunked\r\nContent-Length: 7",
                "Transfer-Encoding:\r\n chunked\r\nContent-Length: 7",
                "Content-Length: 7\r\nContent-Length: 77",
                "Content-Length: +7"
            })
    void smugglesNoRequest(String framing) throws IOException {
        var id = "smuggled-" + UUID.randomUUID();
        var hidden = "GET /register/x HTTP/1.1\r\nHost: dcr.bank.example\r\nX-Correlation-ID: " + id + "\r\n\r\n";
        var request = "POST /register HTTP/1.1\r\nHost: dcr.bank.example\r\nContent-Type: application/json\r\n"
                + framing + "\r\n\r\n" + Integer.toHexString(hidden.length()) + "\r\n" + hidden + "\r\n0\r\n\r\n";
        var replies = List.of(through(SOFTWARE.tls(), request), beside(request));
        assertThat(replies).allSatisfy(reply -> assertThat(reply).matches("(?s)HTTP/1.1 (?:4\\d\\d|501) .*"));
        // what is sent after it, on the same connections of nginx, gets its own reply
        assertThat(through(SOFTWARE.tls(), registration())).startsWith("HTTP/1.1 201 ");
        assertThat(scene.server().output()).doesNotContain(id);
    }

    private static String registration(String... headers) {
        var body = "{\"software_statement\":\"" + statement + "\"}";
        var more = new StringBuilder();
        for (var header : headers) more.append(header).append("\r\n");
        return "POST /register HTTP/1.1\r\nHost: dcr.bank.example\r\nConnection: close\r\n" + more
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String through(SSLContext tls, String request) throws IOException {
        try (var connection = connect(nginx.port());
                var secured = (SSLSocket)
                        tls.getSocketFactory().createSocket(connection, "dcr.bank.example", nginx.port(), true)) {
            return exchange(secured, request);
        }
    }

    private static String beside(String request) throws IOException {
        try (var connection = connect(scene.server().http().getPort())) {
            return exchange(connection, request);
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(CLIENT_ADDRESS), 0));
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String exchange(Socket connection, String request) throws IOException {
        connection.getOutputStream().write(request.getBytes(UTF_8));
        connection.getOutputStream().flush();
        return new String(connection.getInputStream().readAllBytes(), UTF_8);
    }

    private static String logged(String correlationId) {
        return await().until(
                        () -> scene.server()
                                .output()
                                .lines()
                                .filter(line -> line.contains("correlation_id=" + correlationId))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
