package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Answer;
import dev.dcr.sandbox.Point;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten times as many callers as the shipped server takes, callers who send slowly, and an extension that is slow. */
class OverloadIT {
    private static final int MOST = 16;
    private static final int MOST_AT_THE_EXTENSION = 4;

    private static Scene scene;

    private final RegistrationClient client = scene.client();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> """
                [dcr]
                max_concurrent_requests = %d
                [dcr.extensions]
                max_concurrent_calls = %d
                """.formatted(MOST, MOST_AT_THE_EXTENSION)
                + Scene.openRegistration()
                + Scene.extension(sandbox).replace("read_timeout = 1", "read_timeout = 30"));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @AfterEach
    void stop() {
        callers.shutdown();
        scene.extension().reset();
    }

    @Test
    void whoIsTooManyIsToldSoAndWhoIsLetInIsServed() {
        var replies = atOnce(10 * MOST, 5);
        assertThat(replies)
                .extracting(RegistrationReply::status)
                .contains(201, 503)
                .containsOnly(201, 503);
        assertThat(replies).filteredOn(reply -> reply.status() == 503).allSatisfy(refused -> {
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.error()).isEqualTo("temporarily_unavailable");
        });
        assertThat(replies)
                .filteredOn(reply -> reply.status() == 201)
                .allSatisfy(created -> assertThat(client.read(created.clientId(), created.registrationAccessToken())
                                .status())
                        .isEqualTo(200));
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
    }

    @Test
    void whoSendsSlowlyHoldsNobodyUp() throws IOException {
        var head =
                "POST /register HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{";
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 10 * MOST; i++) {
                var socket = new Socket(
                        scene.server().http().getHost(), scene.server().http().getPort());
                slow.add(socket);
                socket.getOutputStream().write(head.getBytes(US_ASCII));
            }
            assertThat(client.create(metadata().build()).status()).isEqualTo(201);
        } finally {
            for (var socket : slow) socket.close();
        }
    }

    @Test
    void aSlowExtensionHoldsUpThoseAloneWhoAskIt() {
        var registered = client.create(metadata().build());
        var answer = new CountDownLatch(1);
        scene.extension().always(Point.CREATION, request -> {
            await(answer);
            return Answer.success().to(request);
        });
        var asked = scene.extension().calls(Point.CREATION);
        var waiting = IntStream.range(0, MOST_AT_THE_EXTENSION)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.create(metadata().build()), callers))
                .toList();
        Awaitility.await().until(() -> scene.extension().calls(Point.CREATION) >= asked + MOST_AT_THE_EXTENSION);
        var tooMany = client.create(metadata().build());
        assertThat(tooMany.status()).isEqualTo(503);
        assertThat(tooMany.header("Retry-After")).isNotEmpty();
        assertThat(client.delete(registered.clientId(), registered.registrationAccessToken())
                        .status())
                .isEqualTo(204);
        answer.countDown();
        assertThat(waiting)
                .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(201));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each caller asks several times in a row. */
    private List<RegistrationReply> atOnce(int number, int times) {
        return IntStream.range(0, number)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, times)
                                .mapToObj(j -> client.create(metadata().build()))
                                .toList(),
                        callers))
                .toList()
                .stream()
                .flatMap(replies -> replies.join().stream())
                .toList();
    }
}
