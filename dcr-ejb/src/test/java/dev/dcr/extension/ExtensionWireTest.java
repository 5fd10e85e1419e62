package dev.dcr.extension;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static dev.dcr.extension.RawService.answering;
import static dev.dcr.extension.RawService.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.ExtensionBroke;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.extension.ExtensionConfig.Security.ClientCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An extension service whose HTTP is unusual, wrong or malicious, byte for byte. */
@Timeout(60)
class ExtensionWireTest {
    private static final Asking ASKING = Asking.about("{}");
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SUCCESS = "{\"responseId\":\"$ID\",\"status\":\"SUCCESS\"}";
    private static final RawService.Behaviour GOOD = answering("HTTP/1.1 200 OK", SUCCESS);

    private FakeService holder;
    private RawService service;

    /** Ways to send without end. */
    enum Endless {
        HEAD("HTTP/1.1 200 OK\r\n", "X: y\r\n"),
        INFORMATIONAL("", "HTTP/1.1 103 Early Hints\r\n\r\n"),
        BODY_OF_HTTP_10("HTTP/1.0 200 OK\r\n\r\n", " "),
        BODY("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", " "),
        CHUNKS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n");

        private final String start;
        private final String drop;

        Endless(String start, String drop) {
            this.start = start;
            this.drop = drop;
        }

        void send(Socket connection, OutputStream out, String request) throws IOException {
            RawService.send(out, start);
            while (true) {
                RawService.send(out, drop);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        holder = new FakeService();
        service = new RawService(GOOD);
    }

    @AfterEach
    void stop() throws Exception {
        holder.close();
        service.close();
    }

    @Test
    void aReplyOfHttp10EndsWithItsConnection() {
        service.behaves((connection, out, request) -> {
            send(out, "HTTP/1.0 200 OK\r\n\r\n{\"status\":\"SUCCESS\"}");
            connection.close();
        });
        assertThat(ask(open())).isEqualTo(ASKING);
    }

    @Test
    void informationalRepliesAreNoAnswers() {
        service.behaves((connection, out, request) -> {
            send(out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n");
            GOOD.reply(connection, out, request);
        });
        assertThat(ask(open())).isEqualTo(ASKING);
    }

    @Test
    void aReplyIsJudgedByItsContentWhateverItCallsItself() {
        service.behaves(answering("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=klingon", SUCCESS));
        assertThat(ask(open())).isEqualTo(ASKING);
    }

    @ParameterizedTest
    @EnumSource
    void whoSendsWithoutEndIsLeftAtTheDeadlineAndHoldsNoThread(Endless endless) {
        service.behaves(endless::send);
        var extensions =
                holder.asked().at(service.uri()).timeouts(SHORT).concurrently(1).open();
        assertThat(error(extensions)).isInstanceOf(Unavailable.class);
        assertThat(service.brokenOff()).succeedsWithin(SOON);
        service.behaves(GOOD);
        assertThat(ask(extensions)).isEqualTo(ASKING);
    }

    @Test
    void aFloodIsCutOffAtOneMebibyteAndItsConnectionClosed() {
        var chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
        service.behaves((connection, out, request) -> {
            send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) send(out, chunk);
        });
        var extensions = holder.asked().at(service.uri()).concurrently(1).open();
        assertThat(error(extensions)).isInstanceOf(ExtensionBroke.class);
        assertThat(service.brokenOff()).succeedsWithin(SOON);
        service.behaves(GOOD);
        assertThat(ask(extensions)).isEqualTo(ASKING);
    }

    @Test
    void whatIsCompressedIsNotInflated() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            for (var i = 0; i < 64; i++) gzip.write(new byte[1 << 20]);
        }
        var asked = new AtomicReference<String>();
        service.behaves((connection, out, request) -> {
            asked.set(request);
            send(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
            bomb.writeTo(out);
            out.flush();
        });
        assertThat(bomb.size()).isLessThan(BoundedCalls.LARGEST_BODY);
        assertThat(error(open())).isInstanceOf(ExtensionBroke.class);
        assertThat(asked.get()).doesNotContainIgnoringCase("accept-encoding: gzip");
    }

    @Test
    void aResetIsAnOutage() {
        service.behaves((connection, out, request) -> {
            connection.setSoLinger(true, 0);
            connection.close();
        });
        assertThat(error(open())).isInstanceOf(Unavailable.class);
    }

    @Test
    void aReplyThatNobodyAskedForIsNotTakenForTheNextOne() {
        service.behaves((connection, out, request) -> {
            GOOD.reply(connection, out, request);
            GOOD.reply(connection, out, request);
        });
        var extensions = open();
        assertThat(ask(extensions)).isEqualTo(ASKING);
        assertThat(error(extensions)).isInstanceOf(ExtensionBroke.class);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenEndpointThatSendsWithoutEndIsLeftAtTheDeadline(Endless endless) {
        service.behaves(endless::send);
        holder.answers(200, SUCCESS);
        var extensions = holder.asked()
                .security(new ClientCredentials(service.uri(), "dcr", "secret", Optional.empty()))
                .timeouts(SHORT)
                .concurrently(1)
                .open();
        assertThat(error(extensions)).isInstanceOf(Unavailable.class);
        assertThat(service.brokenOff()).succeedsWithin(SOON);
        var token = "{\"access_token\":\"t\",\"token_type\":\"Bearer\"}";
        service.behaves(answering("HTTP/1.1 200 OK", token));
        assertThat(ask(extensions)).isEqualTo(ASKING);
    }

    @Test
    void aTokenEndpointsFloodIsCutOffAtOneMebibyte() {
        service.behaves((connection, out, request) -> {
            send(out, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) send(out, " ".repeat(1 << 13));
        });
        var extensions = holder.asked()
                .security(new ClientCredentials(service.uri(), "dcr", "secret", Optional.empty()))
                .open();
        assertThat(error(extensions)).isInstanceOf(ExtensionBroke.class);
        assertThat(service.brokenOff()).succeedsWithin(SOON);
    }

    private Extensions open() {
        return holder.asked().at(service.uri()).open();
    }

    private static Consultable ask(Extensions extensions) {
        return extensions.ask(PRE_PROCESS_CLIENT_CREATION, ASKING);
    }

    private static RegistrationError error(Extensions extensions) {
        return catchThrowableOfType(RegistrationRefused.class, () -> ask(extensions))
                .error();
    }
}
