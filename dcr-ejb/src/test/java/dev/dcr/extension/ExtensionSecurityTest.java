package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.ExtensionBroke;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.extension.ExtensionConfig.Security;
import dev.dcr.extension.FakeService.Received;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExtensionSecurityTest {
    private static final Asking ASKING = Asking.about("{}");
    private static final String SUCCESS = "{\"responseId\":\"$ID\",\"status\":\"SUCCESS\"}";

    private final Wristwatch clock = new Wristwatch();
    private final AtomicInteger issued = new AtomicInteger();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService().answers(200, SUCCESS);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
    }

    @Test
    void basicCredentialsAreUtf8AsRfc7617Section21Allows() {
        ask(service.asked().security(new Security.Basic("dcr", "pä:ss")).open());
        assertThat(service.only().header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("dcr:pä:ss".getBytes(UTF_8)));
    }

    @Test
    void aFixedTokenIsABearerToken() {
        ask(service.asked().security(new Security.FixedToken("abc")).open());
        assertThat(service.only().header("Authorization")).isEqualTo("Bearer abc");
    }

    @Test
    void aFixedTokenThatIsRefusedIsNotSentAgain() {
        service.answers(401, "");
        assertThat(error(
                        service.asked().security(new Security.FixedToken("abc")).open()))
                .isInstanceOf(ExtensionBroke.class);
        assertThat(service.received()).hasSize(1);
    }

    @Test
    void asksForATokenAsRfc6749Section442Says() {
        issuing("{'access_token':'$TOKEN','token_type':'Bearer','expires_in':3600}");
        ask(withTokens("https://x/a b"));
        var request = tokenRequests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.text()).isEqualTo("grant_type=client_credentials&scope=https%3A%2F%2Fx%2Fa+b");
        assertThat(calls().get(0).header("Authorization")).isEqualTo("Bearer token-1");
    }

    @Test
    void encodesIdAndSecretAsRfc6749Section231Says() {
        issuing("{'access_token':'$TOKEN','token_type':'Bearer'}");
        ask(withTokens());
        var sent = tokenRequests().get(0).header("Authorization").substring("Basic ".length());
        assertThat(new String(Base64.getDecoder().decode(sent), UTF_8)).isEqualTo("dcr%3Aid:s%26e+cret%2B");
    }

    @Test
    void withoutScopeNoneIsSent() {
        issuing("{'access_token':'$TOKEN','token_type':'Bearer'}");
        ask(withTokens());
        assertThat(tokenRequests().get(0).text()).isEqualTo("grant_type=client_credentials");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {"3600, 3569, 3571", "'3600', 3569, 3571", "100, 89, 91", "null, 53, 55", "'soon', 53, 55"})
    void aTokenIsKeptUntilShortlyBeforeItExpires(String expiresIn, int good, int stale) {
        issuing("{'access_token':'$TOKEN','token_type':'bearer','expires_in':" + expiresIn + "}");
        var extensions = withTokens();
        ask(extensions);
        clock.forward(good);
        ask(extensions);
        assertThat(tokenRequests()).hasSize(1);
        clock.forward(stale - good);
        ask(extensions);
        assertThat(tokenRequests()).hasSize(2);
        assertThat(calls().get(2).header("Authorization")).isEqualTo("Bearer token-2");
    }

    @Test
    void callersShareOneFetch() throws Exception {
        var arrived = new CountDownLatch(1);
        issuing("{'access_token':'$TOKEN','token_type':'Bearer','expires_in':3600}", arrived);
        var extensions = withTokens();
        var asking = FakeService.started(8, () -> ask(extensions));
        arrived.countDown();
        for (var one : asking) assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(ASKING);
        assertThat(tokenRequests()).hasSize(1);
    }

    @Test
    void a401FetchesAnotherTokenOnceAndRepeatsTheCall() {
        issuing("{'access_token':'$TOKEN','token_type':'Bearer','expires_in':3600}");
        revoked.add("token-1");
        var extensions = withTokens();
        assertThat(ask(extensions)).isEqualTo(ASKING);
        assertThat(ask(extensions)).isEqualTo(ASKING);
        assertThat(tokenRequests()).hasSize(2);
        assertThat(calls()).hasSize(3);
        assertThat(calls().get(0).text()).isEqualTo(calls().get(1).text());
    }

    @Test
    void aSecond401IsFinal() {
        issuing("{'access_token':'$TOKEN','token_type':'Bearer','expires_in':3600}");
        revoked.addAll(List.of("token-1", "token-2", "token-3"));
        assertThat(error(withTokens())).isInstanceOf(ExtensionBroke.class);
        assertThat(calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "{}",
                "{'access_token':'','token_type':'Bearer'}",
                "{'access_token':'a b','token_type':'Bearer'}",
                "{'access_token':'a\\r\\nX-Evil: 1','token_type':'Bearer'}",
                "{'access_token':7,'token_type':'Bearer'}",
                "{'access_token':'a'}",
                "{'access_token':'a','token_type':'mac'}"
            })
    void aTokenEndpointThatTalksNonsenseBreaksTheContract(String answer) {
        issuing(answer);
        assertThat(error(withTokens())).isInstanceOf(ExtensionBroke.class);
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 500})
    void aTokenEndpointThatRefusesBreaksTheContract(int status) {
        service.answers(status, "{\"error\":\"invalid_client\"}");
        assertThat(error(withTokens())).isInstanceOf(ExtensionBroke.class);
        assertThat(tokenRequests()).hasSize(1);
    }

    @Test
    void aTokenEndpointOutOfReachIsAnOutage() {
        service.behaves(FakeService::hangUp);
        assertThat(error(withTokens())).isInstanceOf(Unavailable.class);
        assertThat(calls()).isEmpty();
    }

    @Test
    void aFailedFetchIsForgotten() {
        service.behaves(FakeService::hangUp);
        var extensions = withTokens();
        error(extensions);
        issuing("{'access_token':'$TOKEN','token_type':'Bearer'}");
        assertThat(ask(extensions)).isEqualTo(ASKING);
    }

    private void issuing(String answer) {
        issuing(answer, new CountDownLatch(0));
    }

    /** Tokens at {@code /token} once the gate is open; everywhere else success, but for revoked tokens. */
    private void issuing(String answer, CountDownLatch gate) {
        service.behaves((exchange, request) -> {
            if (request.path().equals("/token")) {
                FakeService.await(gate);
                var token = "token-" + issued.incrementAndGet();
                FakeService.answer(
                        exchange, 200, answer.replace("$TOKEN", token).replace('\'', '"'));
            } else if (revoked.contains(request.header("Authorization").substring("Bearer ".length()))) {
                FakeService.answer(exchange, 401, "");
            } else {
                FakeService.answer(exchange, 200, SUCCESS.replace("$ID", request.requestId()));
            }
        });
    }

    private Extensions withTokens(String... scope) {
        var credentials = new Security.ClientCredentials(
                service.uri("/token"),
                "dcr:id",
                "s&e cret+",
                List.of(scope).stream().findFirst());
        return service.asked().security(credentials).clock(clock).open();
    }

    private List<Received> tokenRequests() {
        return service.received().stream()
                .filter(request -> request.path().equals("/token"))
                .toList();
    }

    private List<Received> calls() {
        return service.received().stream()
                .filter(request -> !request.path().equals("/token"))
                .toList();
    }

    private static Consultable ask(Extensions extensions) {
        return extensions.ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
    }

    private static RegistrationError error(Extensions extensions) {
        return catchThrowableOfType(RegistrationRefused.class, () -> ask(extensions))
                .error();
    }

    private static class Wristwatch extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void forward(long seconds) {
            now = now.plus(Duration.ofSeconds(seconds));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
