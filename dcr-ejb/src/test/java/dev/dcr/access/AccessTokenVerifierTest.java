package dev.dcr.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dcr.access.AccessConfig.AccessTokens;
import dev.dcr.access.AccessConfig.Management;
import dev.dcr.access.AccessConfig.MutualTls;
import dev.dcr.access.AccessConfig.Registration;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.outbound.OutboundHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7662: asking the authorization server about tokens")
class AccessTokenVerifierTest {
    private static final String ISSUER = "https://as.bank.example";

    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private volatile CountDownLatch hang = new CountDownLatch(0);
    private volatile String reply;
    private HttpServer server;

    @BeforeEach
    void answer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.createContext("/introspect", exchange -> {
            arrived.countDown();
            await(hang);
            send(exchange, reply);
        });
        server.createContext("/jwks", exchange -> send(exchange, "{}"));
        server.start();
    }

    @AfterEach
    void stop() {
        hang.countDown();
        server.stop(0);
        handlers.shutdown();
    }

    @ParameterizedTest
    @DisplayName("§2.2: iss and token_type are optional; type names ignore case (RFC 6749 §5.1)")
    @ValueSource(
            strings = {
                "",
                ", 'iss': 'https://as.bank.example'",
                ", 'token_type': 'Bearer'",
                ", 'token_type': 'bearer'",
                ", 'token_type': 'DPoP'",
                ", 'iss': 'https://as.bank.example', 'token_type': 'dpop'",
                ", 'iss': null, 'token_type': null"
            })
    void acceptsWhatIsAnAccessTokenOfTheIssuer(String more) {
        assertThat(verify(verifier(Optional.of(ISSUER), 32), more).clientId()).isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", 'iss': 'https://evil.example'",
                ", 'iss': 'https://as.bank.example/'",
                ", 'iss': ['https://as.bank.example']",
                ", 'token_type': 'refresh_token'",
                ", 'token_type': 'N_A'",
                ", 'token_type': ''",
                ", 'token_type': 7"
            })
    void refusesATokenOfAnotherIssuerOrType(String more) {
        var verifier = verifier(Optional.of(ISSUER), 32);
        assertThatExceptionOfType(RegistrationRefused.class)
                .isThrownBy(() -> verify(verifier, more))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo(InvalidToken.NO_GOOD));
    }

    @Test
    void withoutAConfiguredIssuerAnyIsTheRightOne() {
        assertThat(verify(verifier(Optional.empty(), 32), ", 'iss': 'https://any.example'")
                        .clientId())
                .isEqualTo("c");
    }

    /** Its callers are told so at once; whoever needs keys instead is served. */
    @Test
    void aSlowAuthorizationServerKeepsOnlySoManyWaiting() throws Exception {
        hang = new CountDownLatch(1);
        var verifier = verifier(Optional.empty(), 1);
        var first = CompletableFuture.supplyAsync(() -> verify(verifier, ""), handlers);
        assertThat(arrived.await(5, SECONDS)).isTrue();

        assertThatExceptionOfType(RegistrationRefused.class)
                .isThrownBy(() -> verify(verifier, ""))
                .satisfies(refused -> {
                    assertThat(refused.error().status()).isEqualTo(503);
                    assertThat(((Unavailable) refused.error()).retryAfter()).isPositive();
                });
        assertThat(verifier.http.getConfigured(address("/jwks")).status()).isEqualTo(200);
        assertThat(first).isNotDone();
        hang.countDown();
        assertThat(first.join().clientId()).isEqualTo("c");
    }

    private Caller.AccessTokenHolder verify(AccessTokenVerifier verifier, String more) {
        reply = ("{'active': true, 'client_id': 'c'" + more + "}").replace('\'', '"');
        return verifier.verify(Credentials.bearer(Optional.of("token")), Optional.empty());
    }

    private AccessTokenVerifier verifier(Optional<String> issuer, int mostCalls) {
        var none = Optional.<String>empty();
        var verifier = new AccessTokenVerifier();
        verifier.config = new AccessConfig(
                Registration.OPEN,
                MutualTls.OFF,
                Management.ACCESS_TOKEN,
                false,
                false,
                new AccessTokens(
                        issuer, Optional.empty(), Optional.of(address("/introspect")), none, none, none, none, none),
                none);
        verifier.http = new OutboundHttp(new OutboundConfig(Set.of(), mostCalls));
        verifier.sender = new SenderConstraint();
        verifier.clock = Clock.systemUTC();
        return verifier;
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(json.getBytes(UTF_8));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
