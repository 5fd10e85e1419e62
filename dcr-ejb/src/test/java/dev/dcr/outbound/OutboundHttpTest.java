package dev.dcr.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {
    private final OutboundHttp http = new OutboundHttp(new OutboundConfig(Set.of(), 32));

    @Test
    void readsAReply() throws IOException {
        try (var neighbour = answering("Content-Length: 2\r\n\r\n{}")) {
            var fetched = http.getConfigured(address(neighbour));
            assertThat(fetched.status()).isEqualTo(200);
            assertThat(fetched.body()).asString().isEqualTo("{}");
        }
    }

    @Test
    void boundsTheLengthOfAHeader() throws IOException {
        try (var neighbour = answering("X-Long: " + "x".repeat(100_000) + "\r\n\r\n")) {
            assertThatIOException().isThrownBy(() -> http.getConfigured(address(neighbour)));
        }
    }

    @Test
    void boundsTheNumberOfHeaders() throws IOException {
        try (var neighbour = answering("X-Many: x\r\n".repeat(1_000) + "\r\n")) {
            assertThatIOException().isThrownBy(() -> http.getConfigured(address(neighbour)));
        }
    }

    @Test
    void boundsTheBody() throws IOException {
        try (var neighbour = answering("\r\n" + "x".repeat(1_000_000))) {
            assertThatIOException().isThrownBy(() -> http.getConfigured(address(neighbour)));
        }
    }

    /** Without end; the time for a reply would be up after ten seconds. */
    @Test
    @Timeout(5)
    void hangsUpOnWhoSendsTooMuch() throws IOException {
        try (var neighbour = flooding()) {
            assertThatIOException()
                    .isThrownBy(() -> http.getConfigured(address(neighbour)))
                    .withMessageContaining("larger than");
        }
    }

    /** Each byte starts the time-out of the socket anew, and within two seconds the head is whole. */
    @Test
    void boundsTheTimeThatTheHeadTakes() throws IOException {
        var hasty = new OutboundHttp(new OutboundConfig(Set.of(), 32), Duration.ofMillis(200));
        try (var neighbour =
                dripping("HTTP/1.1 200 OK\r\nX-Slow: ", "x".repeat(200), "\r\nContent-Length: 0\r\n\r\n")) {
            assertThatIOException().isThrownBy(() -> hasty.getConfigured(address(neighbour)));
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (var neighbour = answering("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", "")) {
            assertThat(http.getConfigured(address(neighbour)).status()).isEqualTo(302);
        }
    }

    /** Literals pass no name service, and have spellings that no list of names would match. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "0",
                "localhost",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[fd00::1]",
                "[fe80::1]",
                "169.254.169.254",
                "[::ffff:a9fe:a9fe]"
            })
    void callsNobodyAtHomeForAnOutsider(String host) throws IOException {
        try (var neighbour = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = URI.create("https://" + host + ":" + neighbour.getLocalPort() + "/");
            assertThatIOException()
                    .isThrownBy(() -> http.getNamed(address, Set.of()))
                    .isInstanceOf(AddressRefused.class);
            neighbour.setSoTimeout(1);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(neighbour::accept);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://client.example/", "ftp://client.example/", "file:///etc/passwd", "//client.example/"})
    void fetchesByHttpsAloneForAnOutsider(String address) {
        assertThatExceptionOfType(AddressRefused.class).isThrownBy(() -> http.getNamed(URI.create(address), Set.of()));
    }

    private static ServerSocket answering(String afterStatus) throws IOException {
        return answering("HTTP/1.1 200 OK\r\nConnection: close\r\n", afterStatus);
    }

    /** A neighbour that says one thing to one caller, and hangs up. */
    private static ServerSocket answering(String start, String rest) throws IOException {
        return speaking(caller -> caller.write((start + rest).getBytes(US_ASCII)));
    }

    /** A neighbour that does not stop until it is hung up on. */
    private static ServerSocket flooding() throws IOException {
        return speaking(caller -> {
            caller.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
            while (true) caller.write(new byte[8192]);
        });
    }

    private interface Speech {
        void to(OutputStream caller) throws IOException;
    }

    private static ServerSocket speaking(Speech speech) throws IOException {
        var neighbour = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> {
            try (var caller = neighbour.accept()) {
                var request = new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
                while (!request.readLine().isEmpty()) continue;
                speech.to(caller.getOutputStream());
            } catch (IOException hungUp) {
                // the caller has had enough, which is what most of these tests are about
            }
        });
        thread.setDaemon(true);
        thread.start();
        return neighbour;
    }

    /** A neighbour that says the middle of its speech one byte in ten milliseconds. */
    private static ServerSocket dripping(String start, String middle, String end) throws IOException {
        var neighbour = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        timer.submit(() -> {
            var caller = neighbour.accept();
            caller.getOutputStream().write(start.getBytes(US_ASCII));
            var rest = new ByteArrayInputStream(middle.getBytes(US_ASCII));
            return timer.scheduleAtFixedRate(() -> say(caller, rest, end), 0, 10, TimeUnit.MILLISECONDS);
        });
        return neighbour;
    }

    private static void say(Socket caller, InputStream rest, String end) {
        try {
            var next = rest.read();
            if (next >= 0) caller.getOutputStream().write(next);
            else caller.getOutputStream().write(end.getBytes(US_ASCII));
        } catch (IOException hungUp) {
            throw new UncheckedIOException(hungUp); // and be asked no more
        }
    }

    private static URI address(ServerSocket neighbour) {
        return URI.create("http://127.0.0.1:" + neighbour.getLocalPort() + "/");
    }
}
