package dev.dcr.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.config.HttpConfig;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies that no servlet gives, and what is said on all of them. */
class OwnRepliesTest {
    private static final String PROTO = "X-Forwarded-Proto";

    @Test
    void aRefusalOfTheContainerIsOneOfOurs() throws Exception {
        var reply = replyTo(503);
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(reply.headers().firstValue("Connection")).hasValue("close");
        assertThat(reply.body())
                .startsWith("{\"error\":\"temporarily_unavailable\"")
                .contains("\"correlation_id\"");
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_request", "404,invalid_request", "405,invalid_request", "500,server_error"})
    void sayInWordsWhatIsRefused(int status, String error) throws Exception {
        var reply = replyTo(status);
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(reply.body()).startsWith("{\"error\":\"" + error + "\"");
    }

    @Test
    void areLeftAloneWhereNothingIsRefused() throws Exception {
        assertThat(replyTo(204).body()).isEmpty();
    }

    @Test
    void areNeverSniffedNorReferredTo() throws Exception {
        for (var status : new int[] {204, 404, 503}) {
            var headers = replyTo(status).headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @Test
    void areForHttpsAloneWhereATrustedProxyEndsIt() throws Exception {
        var transport = "Strict-Transport-Security";
        var trusting = Settings.trustedProxy("127.0.0.1", 32);
        assertThat(reply(trusting, 204, PROTO, "https").headers().firstValue(transport))
                .hasValue("max-age=31536000");
        assertThat(reply(trusting, 204, PROTO, "http").headers().firstValue(transport))
                .isEmpty();
        var stranger = Settings.trustedProxy("10.0.0.0", 8);
        assertThat(reply(stranger, 204, PROTO, "https").headers().firstValue(transport))
                .isEmpty();
    }

    @Test
    void tellOfNoFolderOfTheApplication() throws IOException {
        try (var server = new EndpointServer(Settings.DEFAULTS)) {
            for (var path : new String[] {"/WEB-INF/web.xml", "/web-inf/beans.xml", "/META-INF/MANIFEST.MF"}) {
                var reply = raw(server.socket(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(reply)
                        .startsWith("HTTP/1.1 404 ")
                        .contains("application/json", "nosniff", "invalid_request")
                        .doesNotContain("<html");
            }
        }
    }

    private static HttpResponse<String> replyTo(int status) throws Exception {
        return reply(Settings.DEFAULTS, status, "Accept", "*/*");
    }

    private static HttpResponse<String> reply(HttpConfig config, int status, String... headers) throws Exception {
        HttpHandler container = exchange -> exchange.setStatusCode(status).endExchange();
        var undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", Intake.before(container, config, turnedAway -> {}))
                .build();
        undertow.start();
        try {
            var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/register"));
            return HttpClient.newHttpClient().send(request.headers(headers).build(), BodyHandlers.ofString());
        } finally {
            undertow.stop();
        }
    }

    private static String raw(InetSocketAddress server, String request) throws IOException {
        try (var socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
