package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.ExtensionBroke;
import dev.dcr.error.RegistrationError.RefusedByExtension;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExtensionResilienceTest {
    private static final Asking ASKING = Asking.about("{}");
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String SUCCESS = "{\"responseId\":\"$ID\",\"status\":\"SUCCESS\"}";
    private static final String REFUSAL = "{\"status\":\"ERROR\",\"data\":{\"errorDescription\":\"no\"}}";

    /** Opened at the end of a test, for handlers that wait for ever. */
    private final CountDownLatch over = new CountDownLatch(1);

    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() throws Exception {
        over.countDown();
        service.close();
    }

    @Test
    void aBrokenConnectionIsTriedAsOftenAsConfiguredInAll() {
        service.behaves(FakeService::hangUp);
        assertThat(error(service.asked().attempts(3).open())).isInstanceOf(Unavailable.class);
        assertThat(service.received()).hasSize(3);
    }

    @Test
    void everyAttemptCarriesTheSameRequest() {
        service.behaves(FakeService::hangUp);
        error(service.asked().attempts(2).open());
        assertThat(service.received().get(0).text())
                .isEqualTo(service.received().get(1).text());
    }

    @Test
    void anAttemptThatSucceedsIsTheLast() {
        service.behaves((exchange, request) -> {
            if (service.received().size() < 2) FakeService.hangUp(exchange, request);
            else FakeService.answer(exchange, 200, SUCCESS.replace("$ID", request.requestId()));
        });
        assertThat(ask(service.asked().attempts(5).open())).isEqualTo(ASKING);
        assertThat(service.received()).hasSize(2);
    }

    @Test
    void silenceIsAnOutageAndTriedAgain() {
        service.behaves((exchange, request) -> waitForTheEnd());
        assertThat(error(service.asked().attempts(2).timeouts(SHORT).open())).isInstanceOf(Unavailable.class);
        assertThat(service.received()).hasSize(2);
    }

    @Test
    void aBodyThatDripsForEverIsAnOutage() {
        service.behaves((exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody(), " ");
        });
        assertThat(error(service.asked().timeouts(SHORT).open())).isInstanceOf(Unavailable.class);
    }

    @Test
    void headersThatDripForEverAreAnOutage() throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var dripping = new Thread(() -> {
                try (var connection = listener.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
                    drip(connection.getOutputStream(), "X: y\r\n");
                } catch (IOException e) {
                    // the caller left, as it should
                }
            });
            dripping.start();
            var base = URI.create("http://127.0.0.1:" + listener.getLocalPort());
            assertThat(error(service.asked().at(base).timeouts(SHORT).open())).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void aReplyThatBreaksOffIsAnOutage() {
        service.behaves((exchange, request) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            FakeService.hangUp(exchange, request);
        });
        assertThat(error(service.asked().open())).isInstanceOf(Unavailable.class);
    }

    @Test
    void nobodyThereIsAnOutageWithRetryAfter() throws IOException {
        assertThat(error(service.asked()
                        .at(nobodyThere())
                        .breaker(5, Duration.ofMillis(1500))
                        .open()))
                .isEqualTo(new Unavailable("the operator's extension service is out of reach", Duration.ofSeconds(2)));
    }

    @Test
    void outagesInARowOpenTheBreakerAndSpareTheService() {
        service.behaves(FakeService::hangUp);
        var extensions =
                service.asked().attempts(2).breaker(3, Duration.ofSeconds(30)).open();
        for (var i = 0; i < 3; i++) error(extensions);
        var spared = (Unavailable) error(extensions);
        assertThat(service.received()).hasSize(3 * 2);
        assertThat(spared.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /** One bad neighbour is not to take all threads. */
    @Test
    void whoFindsTooManyWaitingIsToldToComeBackAtOnce() {
        var answer = new CountDownLatch(1);
        service.behaves((exchange, request) -> {
            answered(answer);
            FakeService.answer(exchange, 200, SUCCESS.replace("$ID", request.requestId()));
        });
        var extensions = service.asked().concurrently(1).open();
        var first = CompletableFuture.supplyAsync(() -> ask(extensions), task -> new Thread(task).start());
        await().until(() -> service.received().size() == 1);
        assertThat(error(extensions))
                .isEqualTo(new Unavailable(
                        "too many requests wait for the operator's extension service", Duration.ofSeconds(1)));
        assertThat(service.received()).hasSize(1);
        answer.countDown();
        assertThat(first.join()).isEqualTo(ASKING);
        assertThat(ask(extensions)).isEqualTo(ASKING);
    }

    @Test
    void anyAnswerBetweenOutagesKeepsTheBreakerClosed() {
        var extensions = service.asked().breaker(2, Duration.ofSeconds(30)).open();
        for (var i = 0; i < 3; i++) {
            service.behaves(FakeService::hangUp);
            error(extensions);
            service.answers(200, SUCCESS);
            ask(extensions);
        }
        assertThat(service.received()).hasSize(6);
    }

    @Test
    void refusalsAndBreachesAreNoOutages() {
        var extensions = service.asked().breaker(1, Duration.ofSeconds(30)).open();
        service.answers(200, REFUSAL);
        for (var i = 0; i < 3; i++) assertThat(error(extensions)).isInstanceOf(RefusedByExtension.class);
        service.answers(500, "");
        for (var i = 0; i < 3; i++) assertThat(error(extensions)).isInstanceOf(ExtensionBroke.class);
    }

    @Test
    void afterTheDelayOneCallThatSucceedsClosesTheBreaker() {
        service.behaves(FakeService::hangUp);
        var extensions = service.asked().breaker(1, Duration.ofMillis(50)).open();
        error(extensions);
        service.answers(200, SUCCESS);
        await().until(() -> {
            try {
                return ask(extensions).equals(ASKING);
            } catch (RegistrationRefused stillOpen) {
                return false;
            }
        });
    }

    @Test
    void manyCallersAreServedAtOnce() throws Exception {
        var all = new CountDownLatch(32);
        service.behaves((exchange, request) -> {
            all.countDown();
            FakeService.await(all);
            FakeService.answer(exchange, 200, SUCCESS.replace("$ID", request.requestId()));
        });
        var extensions = service.asked().open();
        for (var one : FakeService.started(32, () -> ask(extensions))) {
            assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(ASKING);
        }
    }

    private static Consultable ask(Extensions extensions) {
        return extensions.ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
    }

    private static RegistrationError error(Extensions extensions) {
        return catchThrowableOfType(RegistrationRefused.class, () -> ask(extensions))
                .error();
    }

    private static URI nobodyThere() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
    }

    private void drip(OutputStream out, String drop) throws IOException {
        do {
            out.write(drop.getBytes(US_ASCII));
            out.flush();
        } while (!isOver(20));
    }

    private static void answered(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForTheEnd() {
        isOver(60_000);
    }

    private boolean isOver(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
