package dev.dcr.it;

import static dev.dcr.it.Http2.CANCEL;
import static dev.dcr.it.Http2.CONTINUATION;
import static dev.dcr.it.Http2.DATA;
import static dev.dcr.it.Http2.END_HEADERS;
import static dev.dcr.it.Http2.END_STREAM;
import static dev.dcr.it.Http2.GOAWAY;
import static dev.dcr.it.Http2.HEADERS;
import static dev.dcr.it.Http2.LAST_REMEMBERED;
import static dev.dcr.it.Http2.PING;
import static dev.dcr.it.Http2.RST_STREAM;
import static dev.dcr.it.Http2.SETTINGS;
import static dev.dcr.it.Http2.frame;
import static dev.dcr.it.Http2.head;
import static dev.dcr.it.Http2.header;
import static dev.dcr.it.Http2.rememberedHeader;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What HTTP/2 adds to the ways of doing harm: floods of frames that cost their sender nothing, and requests that HTTP/1.1
 * has no words for.
 */
class Http2IT {
    private static final Map<String, String> NO_HEADERS = Map.of();

    /** SETTINGS_INITIAL_WINDOW_SIZE of 0. */
    private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.configured("""
                        [dcr]
                        max_concurrent_requests = 40
                        """ + Scene.openRegistration()).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void othersAreServed() {
        var client = new RegistrationClient(server.http().resolve("/register"));
        await().until(() -> client.create(metadata().build()).status() == 201);
        assertThat(server.output()).doesNotContain("OutOfMemoryError", " ERROR ");
    }

    @Test
    void answersAFrameByAFrame() throws IOException {
        try (var connection = connect()) {
            connection.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, head("GET", "/register/x", NO_HEADERS)));
            assertThat(connection.await(DATA).orElseThrow().payload())
                    .asString(US_ASCII)
                    .contains("\"error\":\"invalid_token\"");
        }
    }

    /** Requests that are withdrawn before their end, without end. */
    @Test
    void endsAConnectionThatWithdrawsItsRequests() throws IOException {
        try (var connection = connect()) {
            assertThat(connection.isClosedBy(withdrawn(END_HEADERS), 1)
                            || connection.isClosedBy(frame(PING, 0, 0, new byte[8]), 100_000))
                    .isTrue();
        }
    }

    /** Requests that are complete and withdrawn at once (CVE-2023-44487): each is work, whoever waits for it. */
    @Test
    void isNotHeldUpByRequestsThatAreWithdrawnAtOnce() throws IOException {
        try (var connection = connect()) {
            connection.isClosedBy(withdrawn(END_HEADERS | END_STREAM), 1);
            othersAreServed();
        }
    }

    private static byte[] withdrawn(int flags) {
        var request = head("GET", "/register/withdrawn", NO_HEADERS);
        var flood = new ByteArrayOutputStream();
        for (var stream = 1; stream < 4_000; stream += 2) {
            flood.writeBytes(frame(HEADERS, flags, stream, request));
            flood.writeBytes(frame(RST_STREAM, 0, stream, CANCEL));
        }
        return flood.toByteArray();
    }

    /** A head that does not end (CVE-2024-24549 and its like). */
    @Test
    void endsAConnectionWhoseHeadDoesNotEnd() throws IOException {
        try (var connection = connect()) {
            connection.send(frame(HEADERS, END_STREAM, 1, head("GET", "/register/x", NO_HEADERS)));
            var more = frame(CONTINUATION, 0, 1, header("x", "a".repeat(16_000)));
            assertThat(connection.isClosedBy(more, 10_000)).isTrue();
        }
    }

    @Test
    void endsAConnectionThatContinuesItsHeadByNothing() throws IOException {
        try (var connection = connect()) {
            connection.send(frame(HEADERS, END_STREAM, 1, head("GET", "/register/x", NO_HEADERS)));
            var nothing = repeated(frame(CONTINUATION, 0, 1, new byte[0]), 1_000);
            assertThat(connection.isClosedBy(nothing, 10_000)).isTrue();
        }
    }

    /** Four kilobytes that are remembered, and ten thousand times one byte that refers to them: 40 MB of headers. */
    @Test
    void unpacksNoBombOfHeaders() throws IOException {
        try (var connection = connect()) {
            var remembered = rememberedHeader("x", "a".repeat(4_000));
            connection.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, remembering("/register/x", remembered)));
            var bomb = new byte[10_000];
            Arrays.fill(bomb, LAST_REMEMBERED);
            connection.send(frame(HEADERS, END_HEADERS | END_STREAM, 3, remembering("/register/x", bomb)));
            assertThat(connection.await(GOAWAY)).isPresent();
        }
    }

    /** Each PING is owed an answer; who reads none of them is not read any more, before the answers take memory. */
    @Test
    void readsNoMoreFromWhoReadsNothing() throws IOException {
        var flood = repeated(frame(PING, 0, 0, new byte[8]), 1_000);
        var sent = new AtomicInteger();
        try (var connection = connect()) {
            var sender = new Thread(() -> {
                while (!connection.isClosedBy(flood, 1)) sent.incrementAndGet();
            });
            sender.start();
            await().until(() -> {
                var before = sent.get();
                TimeUnit.SECONDS.sleep(1);
                return before == sent.get();
            });
        }
        assertThat(sent).hasValueLessThan(2_000);
    }

    /** RFC 9113 §6.9.2: a caller may forbid all replies. They wait in memory, and take no thread and nobody's place. */
    @ParameterizedTest
    @ValueSource(strings = {"/register/x", "/openapi", "/docs"})
    void holdsNoThreadForRepliesThatNobodyReads(String path) throws IOException {
        try (var first = connect();
                var second = connect()) {
            for (var connection : List.of(first, second)) {
                connection.send(frame(SETTINGS, 0, 0, NO_WINDOW));
                connection.send(requests(path, 95));
            }
            hasRead(first);
            hasRead(second);
            othersAreServed();
        }
    }

    /** Streams whose connection goes while they wait for a thread. */
    @Test
    void keepsNoPlaceForCallersWhoAreGone() throws IOException {
        for (var i = 0; i < 10; i++) {
            try (var connection = connect()) {
                connection.send(frame(SETTINGS, 0, 0, NO_WINDOW));
                connection.send(requests("/register/x", 95));
                if (i % 2 == 0) hasRead(connection);
            }
        }
        othersAreServed();
    }

    static Stream<byte[]> malformed() {
        return Stream.of(
                head("GET", "/register/a\r\nX: y", NO_HEADERS),
                head("G\0T", "/register/x", NO_HEADERS),
                head("GET", "", NO_HEADERS),
                head("GET", "*", NO_HEADERS),
                head("GET", "https://evil.example/register/x", NO_HEADERS),
                head("get", "/register/x", NO_HEADERS),
                head("GET", "/register/x", Map.of("Upper", "a")),
                head("GET", "/register/x", Map.of("transfer-encoding", "chunked")),
                head("GET", "/register/x", Map.of("x", "a\r\nX-Evil: b")),
                head("GET", "/register/x", Map.of(":path", "/register/y")),
                head("POST", "/register", Map.of("content-length", "7", "content-type", "application/json")));
    }

    /** RFC 9113 §8.1.1 and §8.3: refused, or the stream or the connection ends; never served. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("malformed")
    void servesNoMalformedRequest(byte[] head) throws IOException {
        try (var connection = connect()) {
            connection.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, head));
            var reply = connection.await(DATA, RST_STREAM, GOAWAY);
            assertThat(reply.filter(frame -> frame.type() == DATA).map(Http2.Frame::payload).stream())
                    .allSatisfy(
                            refusal -> assertThat(refusal).asString(US_ASCII).contains("\"error\":\"invalid_"));
        }
    }

    private static byte[] requests(String path, int count) {
        var head = head("GET", path, NO_HEADERS);
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < count; i++) all.writeBytes(frame(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, head));
        return all.toByteArray();
    }

    private static byte[] remembering(String path, byte[] more) {
        var head = head("GET", path, NO_HEADERS);
        var all = Arrays.copyOf(head, head.length + more.length);
        System.arraycopy(more, 0, all, head.length, more.length);
        return all;
    }

    private static byte[] repeated(byte[] bytes, int times) {
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < times; i++) all.writeBytes(bytes);
        return all.toByteArray();
    }

    /** Waits until the server has read what it was sent. */
    private static void hasRead(Http2 connection) throws IOException {
        connection.send(frame(PING, 0, 0, new byte[8]));
        assertThat(connection.await(PING)).isPresent();
    }

    private static Http2 connect() throws IOException {
        return Http2.to(server.https().getPort());
    }
}
