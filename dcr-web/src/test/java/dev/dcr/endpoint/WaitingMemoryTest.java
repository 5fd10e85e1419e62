package dev.dcr.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.metrics.TurnedAway;
import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingMemoryTest {
    private static final int BUFFER = 16_384;
    private static final int LENGTH = 10 * BUFFER;
    private static final String HEAD =
            "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + LENGTH + "\r\n\r\n";

    final BlockingQueue<TurnedAway> turnedAway = new LinkedBlockingQueue<>();
    final List<Socket> callers = new ArrayList<>();
    final Undertow server = Undertow.builder()
            .addHttpListener(
                    0,
                    "127.0.0.1",
                    new WholeBody(
                            http -> http.getResponseSender().send("taken"),
                            2 * LENGTH,
                            new WaitingMemory(25 * BUFFER, turnedAway::add)))
            .setBufferSize(BUFFER)
            .build();

    WaitingMemoryTest() {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (var caller : callers) caller.close();
        server.stop();
    }

    private Socket call() throws IOException {
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        var caller = new Socket(address.getAddress(), address.getPort());
        caller.setSoTimeout(10_000);
        callers.add(caller);
        return caller;
    }

    private static void send(Socket caller, String text) throws IOException {
        caller.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String reply(Socket caller) throws IOException {
        return new String(caller.getInputStream().readAllBytes(), US_ASCII);
    }

    /** Each takes ten buffers, nine of them full, and a few more while its last bytes come: there is room for two. */
    @Test
    void whoIsWaitedForTheLongestMakesRoom() throws IOException, InterruptedException {
        var unfinished = HEAD + "a".repeat(9 * BUFFER);
        for (var i = 0; i < 2; i++) send(call(), unfinished);
        Socket last = null;
        for (var i = 0; i < 8; i++) {
            last = call();
            send(last, unfinished);
            turnedAway.take();
        }
        send(last, "a".repeat(BUFFER));
        assertThat(reply(last)).endsWith("taken");
        assertThat(turnedAway).isEmpty();
    }

    @Test
    void aBodyThatIsThereIsNotCountedAnyLonger() throws IOException {
        var patient = call();
        send(patient, HEAD + "a".repeat(5 * BUFFER));
        for (var i = 0; i < 50; i++) {
            var caller = call();
            send(caller, HEAD);
            send(caller, "a".repeat(LENGTH));
            assertThat(reply(caller)).endsWith("taken");
        }
        send(patient, "a".repeat(5 * BUFFER));
        assertThat(reply(patient)).endsWith("taken");
        assertThat(turnedAway).isEmpty();
    }
}
