package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dcr.sandbox.Answer;
import dev.dcr.sandbox.Point;
import dev.dcr.sandbox.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** SIGTERM to a server that has something to do. */
class StopIT {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void servesOnWhileBalancersTurnAway() {
        try (var scene = scene("DCR_STOP_DRAIN", "600")) {
            var server = scene.server();
            var client = scene.client();
            server.terminate();
            awaitNotReady(server);

            var served = client.create(metadata().build());
            assertThat(served.status()).isEqualTo(201);
            assertThat(served.header("Connection")).hasValue("close");

            server.terminate(); // a second signal cuts it short
            server.awaitEnd();
        }
    }

    @Test
    void finishesWhatIsUnderWayAndRefusesWhatIsNew() {
        try (var scene = scene("DCR_STOP_DRAIN", "0")) {
            var server = scene.server();
            var client = scene.client();
            var finish = new CountDownLatch(1);
            scene.extension().next(Point.CREATION, held(finish));
            var underWay =
                    CompletableFuture.supplyAsync(() -> client.create(metadata().build()));
            await().until(() -> scene.extension().calls(Point.CREATION) == 1);

            server.terminate();
            awaitNotReady(server);
            await().until(() -> client.create(metadata().build()).status() == 503);
            var refused = client.create(metadata().build());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error()).isEqualTo("temporarily_unavailable");
            assertThat(refused.header("Retry-After")).isPresent();

            finish.countDown();
            assertThat(underWay.join().status()).isEqualTo(201);
            server.awaitEnd();
        }
    }

    @Test
    void waitsNoLongerThanItsTimeoutForWhatIsUnderWay() {
        try (var scene = scene("DCR_STOP_TIMEOUT", "1")) {
            var server = scene.server();
            var client = scene.client();
            scene.extension().next(Point.CREATION, Answer.of(Reply.hang()));
            var underWay =
                    CompletableFuture.runAsync(() -> client.create(metadata().build()));
            await().until(() -> scene.extension().calls(Point.CREATION) == 1);

            server.terminate();
            server.awaitEnd();
            assertThat(underWay).failsWithin(LONG);
        }
    }

    private static Scene scene(String variable, String value) {
        return Scene.started(sandbox -> Scene.onTheDatabase(Scene.openRegistration()
                        + Scene.extension(sandbox).replace("read_timeout = 1", "read_timeout = 60"))
                .environment(variable, value));
    }

    /** SUCCESS, once the test says so. */
    private static Answer held(CountDownLatch until) {
        return request -> exchange -> {
            until.await();
            Answer.success().to(request).send(exchange);
        };
    }

    private static void awaitNotReady(ServerProcess server) {
        await().until(() -> ready(server.management()) == 503);
    }

    private static int ready(URI management) {
        return new RegistrationClient(management)
                .send("GET", "/health/ready", new byte[0], Map.of())
                .status();
    }
}
