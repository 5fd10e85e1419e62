package dev.dcr.registration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.outbound.OutboundHttp;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.ConsoleHandler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator lists the host here, so that it may be on this machine and of plain http. */
@DisplayName("OpenID Connect Registration §5: sector_identifier_uri")
class SectorIdentifierTest {
    private HttpServer server;
    private String answer = "[]";
    private int status = 200;

    @BeforeEach
    void publish() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private List<String> faults(String... redirectUris) {
        return faults(Set.of("127.0.0.1"), redirectUris);
    }

    private List<String> faults(Set<String> allowedHosts, String... redirectUris) {
        return faults(
                allowedHosts,
                StrictJson.PROVIDER
                        .createObjectBuilder()
                        .add("redirect_uris", StrictJson.PROVIDER.createArrayBuilder(List.of(redirectUris))));
    }

    private List<String> faults(Set<String> allowedHosts, JsonObjectBuilder members) {
        var sector = new SectorIdentifier();
        sector.http = new OutboundHttp(new OutboundConfig(allowedHosts, 32));
        var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/sector.json";
        var client = members.add("sector_identifier_uri", address).build();
        return sector.violations(new ClientMetadata(client)).stream()
                .map(Violation::code)
                .toList();
    }

    @Test
    @DisplayName("every one of redirect_uris is in the array")
    @Tag("OIDCR-5-every-uri")
    void everyRedirectUriIsListed() {
        answer = "[\"https://a.example/cb\", \"https://b.example/cb\"]";
        assertThat(faults("https://a.example/cb", "https://b.example/cb")).isEmpty();
        assertThat(faults("https://a.example/cb", "https://a.example/cb/")).containsExactly("not_listed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"https://a.example/cb\"", "https://a.example/cb", "", "[\"https://a.example/cb\""})
    @DisplayName("it leads to one JSON array")
    @Tag("OIDCR-2-sector_identifier_uri")
    void whatItLeadsToIsAnArray(String content) {
        answer = content;
        assertThat(faults("https://a.example/cb")).containsExactly("not_an_array");
    }

    @Test
    @DisplayName("it is checked when the client registers")
    @Tag("OIDCR-5-fetched")
    void whatCannotBeFetchedIsRefused() {
        status = 404;
        assertThat(faults("https://a.example/cb")).containsExactly("not_fetched");
        assertThat(faults(Set.of(), "https://a.example/cb")).containsExactly("not_fetched");
    }

    @Test
    void whatAStrangersServerSaysIsPrintableInTheLog() throws IOException {
        var logger = Logger.getLogger(SectorIdentifier.class.getName());
        var lines = new ArrayList<String>();
        var handler = new ConsoleHandler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(String.format(line.getMessage(), line.getParameters()));
            }
        };
        logger.addHandler(handler);
        try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var served = CompletableFuture.runAsync(
                    () -> saying(stranger, "HTTP/1.1 200 OK\r\nforged\rline\u001b[2J\r\n\r\n"));
            assertThat(faults(stranger.getLocalPort())).containsExactly("not_fetched");
            served.join();
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines).singleElement().asString().contains("forged").matches("\\p{Print}+");
    }

    private static void saying(ServerSocket server, String reply) {
        try (var connection = server.accept()) {
            assertThat(connection.getInputStream().read(new byte[4096])).isPositive();
            connection.getOutputStream().write(reply.getBytes(UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> faults(int port) {
        var sector = new SectorIdentifier();
        sector.http = new OutboundHttp(new OutboundConfig(Set.of("127.0.0.1"), 32));
        var client = StrictJson.object("{\"sector_identifier_uri\": \"http://127.0.0.1:" + port + "/\"}");
        return sector.violations(new ClientMetadata(client)).stream()
                .map(Violation::code)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "poll, https://a.example/jwks, ''",
        "ping, https://a.example/jwks, ''",
        "ping, https://a.example/notify, not_listed",
        "push, https://a.example/notify, ''",
        "push, https://a.example/jwks, not_listed"
    })
    @DisplayName("CIBA §4: for pairwise subjects it lists jwks_uri, with the mode push the notification endpoint")
    @Tag("CIBA-4-pairwise-listed")
    @Tag("CIBA-4-pairwise-push")
    void whatStandsForARedirectUriIsListed(String mode, String listed, String fault) {
        answer = "[\"" + listed + "\"]";
        var client = StrictJson.object("""
                {"grant_types": ["urn:openid:params:grant-type:ciba"], "subject_type": "pairwise",
                 "backchannel_token_delivery_mode": "%s", "jwks_uri": "https://a.example/jwks",
                 "backchannel_client_notification_endpoint": "https://a.example/notify"}
                """.formatted(mode));
        var faults = faults(Set.of("127.0.0.1"), StrictJson.PROVIDER.createObjectBuilder(client));
        if (fault.isEmpty()) assertThat(faults).isEmpty();
        else assertThat(faults).containsExactly(fault);
    }

    /** Nobody waits for a place: the client is not at fault, and the threads are needed. */
    @Test
    void documentsThatAreSlowKeepOnlySoManyWaiting() throws Exception {
        var arrived = new CountDownLatch(1);
        var hanging = new CountDownLatch(1);
        server.createContext("/slow", exchange -> {
            arrived.countDown();
            awaitUninterrupted(hanging);
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(UTF_8));
            exchange.close();
        });
        var sector = new SectorIdentifier();
        sector.http = new OutboundHttp(new OutboundConfig(Set.of("127.0.0.1"), 1));
        var client = new ClientMetadata(StrictJson.object("{\"sector_identifier_uri\": \"http://127.0.0.1:"
                + server.getAddress().getPort() + "/slow\"}"));
        var first = CompletableFuture.supplyAsync(() -> sector.violations(client), task -> new Thread(task).start());
        assertThat(arrived.await(5, SECONDS)).isTrue();

        try {
            assertThatExceptionOfType(RegistrationRefused.class)
                    .isThrownBy(() -> sector.violations(client))
                    .satisfies(refused -> {
                        assertThat(refused.error().status()).isEqualTo(503);
                        assertThat(refused.error()).isInstanceOf(Unavailable.class);
                    });
            assertThat(first).isNotDone();
        } finally {
            hanging.countDown();
        }
        assertThat(first.join()).isEmpty();
        assertThat(sector.violations(client)).isEmpty();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void withoutOneNothingIsFetched() {
        var sector = new SectorIdentifier();
        assertThat(sector.violations(new ClientMetadata(jakarta.json.JsonValue.EMPTY_JSON_OBJECT)))
                .isEmpty();
    }
}
