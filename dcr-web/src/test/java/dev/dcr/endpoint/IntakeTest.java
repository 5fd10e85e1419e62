package dev.dcr.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.metrics.TurnedAway;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
    private static final int MOST = 3;
    private static final String REQUEST =
            "POST /register HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n";

    final EndpointServer server = new EndpointServer(Settings.maxConcurrentRequests(MOST));

    @AfterEach
    void stop() {
        server.close();
    }

    /** RFC 9110 §15.6.4: 503 with {@code Retry-After}. */
    @Test
    void whoComesWhileTooManyAreServedIsToldToComeBack() throws InterruptedException {
        var goOn = new CountDownLatch(1);
        var served = keepBusy(goOn);
        var reply = server.get("/register/abc", "X-Correlation-ID", "id1");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(reply.headers().firstValue("X-Correlation-ID")).hasValue("id1");
        assertThat(reply.body()).contains("\"error\":\"temporarily_unavailable\"", "\"correlation_id\":\"id1\"");
        assertThat(server.turnedAway).containsExactly(new TurnedAway());
        goOn.countDown();
        assertThat(served).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(server.get("/register/abc").statusCode()).isEqualTo(200);
    }

    /** However many of them there are: more than the server has threads, and more than it serves at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void whoSendsSlowlyKeepsNobodyFromBeingServed(String expectation) throws IOException {
        try (var slow = new Connections(200)) {
            slow.send(REQUEST + expectation + "\r\n{");
            assertThat(server.post("/register", "application/json", "{}").statusCode())
                    .isEqualTo(201);
            assertThat(slow.finishOne("}").lines().filter(line -> !line.contains("100 Continue")))
                    .contains("HTTP/1.1 201 Created");
        }
    }

    /** RFC 9112 §8: an incomplete request, and no fault of the server. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{"})
    void whoHangsUpWithinTheBodyIsAtFault(String beginning) throws IOException {
        try (var caller = new Connections(1)) {
            caller.send(REQUEST + "\r\n");
            assertThat(caller.finishOne(beginning)).startsWith("HTTP/1.1 400 ");
        }
        assertThat(server.registrar.calls).isEmpty();
    }

    /** RFC 9110 §10.1.1. */
    @Test
    void whoWaitsToBeAskedForTheBodyIsAsked() {
        var request = server.to("/register", "Content-Type", "application/json")
                .expectContinue(true)
                .POST(BodyPublishers.ofString("{}"));
        assertThat(server.send(request).statusCode()).isEqualTo(201);
    }

    /** RFC 9112 §6.1 and §6.3: what one server takes for the body, no other must take for a request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\r\nTransfer-Encoding: xchunked",
                "HTTP/1.1\r\nTransfer-Encoding: chunked, identity",
                "HTTP/1.1\r\nTransfer-Encoding: identity, chunked",
                "HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
                "HTTP/1.1\r\nTransfer-Encoding: \u000bchunked",
                "HTTP/1.1\r\nTransfer-Encoding : chunked",
                "HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5",
                "HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
                "HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding:\r\n chunked",
                "HTTP/1.1\r\nContent-Length: 12\r\nContent-Length: 5",
                "HTTP/1.1\r\nContent-Length: 12, 12",
                "HTTP/1.1\r\nContent-Length: +12",
                "HTTP/1.1\r\nContent-Length: -12",
                "HTTP/1.1\r\nContent-Length: 0xc",
                "HTTP/1.1\r\nContent-Length: 99999999999999999999",
                "HTTP/1.0\r\nTransfer-Encoding: chunked"
            })
    void whoLeavesTheLengthOfTheBodyOpenIsTurnedAwayForGood(String head) throws IOException {
        var replies = raw("POST /register " + head + "\r\nHost: a\r\nContent-Type: application/json\r\n\r\n"
                + "2\r\n{}\r\n0\r\n\r\nGET /register/smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(replies).matches("(?s)HTTP/1\\.[01] 400 .*");
        assertThat(replies.split("HTTP/1\\.[01] \\d", -1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x2", "-2", "+2", " 2", "ffffffffffffffffff", "2\r\n{}XX0"})
    void whoSendsABrokenChunkIsNotHeardAnyFurther(String chunk) throws IOException {
        var replies = raw("POST /register HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "\r\n{}\r\n0\r\n\r\n"
                + "GET /register/smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(replies).doesNotContain(" 201 ", " 200 ");
    }

    /** RFC 9112 §7.1.1 and §7.1.2: there is no end to what a caller may call an extension or a trailer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n2;a=",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-A: ",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\nX-A: ",
                "Transfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n2\r\n{}\r\n0\r\nX-A: "
            })
    void whoAddsToTheBodyWithoutEndIsHungUpOn(String beginning) throws IOException {
        try (var socket =
                new Socket(server.socket().getAddress(), server.socket().getPort())) {
            var out = socket.getOutputStream();
            out.write(("POST /register HTTP/1.1\r\nHost: a\r\n" + beginning).getBytes(US_ASCII));
            var more = "a".repeat(65_536).getBytes(US_ASCII);
            assertThatThrownBy(() -> {
                        for (var i = 0; i < 1000; i++) out.write(more);
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.registrar.calls).isEmpty();
    }

    @Test
    void aTrailerIsTakenAndNotLookedAt() throws IOException {
        assertThat(raw("POST /register HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX-Correlation-ID: x\r\n\r\n"))
                .startsWith("HTTP/1.1 201 ")
                .doesNotContain("X-Correlation-ID: x\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET register/abc", "GET [egister/abc", "GET /reg[ister/abc", "GET /%zz", "OPTIONS *"})
    void whatIsNoPathNamesNothing(String target) throws IOException {
        assertThat(raw(target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    /** RFC 9112 §5.2. */
    @Test
    void noHeaderHidesInTheFoldOfAnother() throws IOException {
        assertThat(raw("GET /register/abc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + "X-A: a\r\n X-Correlation-ID: smuggled\r\n\r\n"))
                .doesNotContain("smuggled");
    }

    private String raw(String request) throws IOException {
        try (var socket =
                new Socket(server.socket().getAddress(), server.socket().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private List<CompletableFuture<Integer>> keepBusy(CountDownLatch goOn) throws InterruptedException {
        var busy = new CountDownLatch(MOST);
        server.registrar.pause = () -> {
            busy.countDown();
            join(goOn);
        };
        var served = new ArrayList<CompletableFuture<Integer>>();
        for (var i = 0; i < MOST; i++)
            served.add(CompletableFuture.supplyAsync(
                    () -> server.get("/register/abc").statusCode(), task -> new Thread(task).start()));
        busy.await();
        return served;
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Connections implements AutoCloseable {
        private final List<Socket> sockets = new ArrayList<>();

        Connections(int count) throws IOException {
            for (var i = 0; i < count; i++)
                sockets.add(
                        new Socket(server.socket().getAddress(), server.socket().getPort()));
        }

        void send(String text) throws IOException {
            for (var socket : sockets) socket.getOutputStream().write(text.getBytes(US_ASCII));
        }

        /** What the server answers to the last of them, once it has sent the rest. */
        String finishOne(String rest) throws IOException {
            var socket = sockets.get(sockets.size() - 1);
            socket.getOutputStream().write(rest.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }

        @Override
        public void close() throws IOException {
            for (var socket : sockets) socket.close();
        }
    }
}
