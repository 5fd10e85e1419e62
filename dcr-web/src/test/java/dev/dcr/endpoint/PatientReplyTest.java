package dev.dcr.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dcr.metrics.TurnedAway;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xnio.Options;

class PatientReplyTest {
    private static final int LENGTH = 4_000_000;
    /** Of a connection's either end; the rest of a reply has to be kept elsewhere. */
    private static final int BUFFER = 65_536;

    final BlockingQueue<TurnedAway> turnedAway = new LinkedBlockingQueue<>();
    final Semaphore worked = new Semaphore(0);
    final List<Socket> callers = new ArrayList<>();
    final List<Undertow> servers = new ArrayList<>();
    final Undertow server = server(Duration.ofMinutes(1));

    /** One thread for all the work. */
    private Undertow server(Duration patience) {
        var memory = new WaitingMemory(3 * LENGTH, turnedAway::add);
        var started = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new Crowd(this::reply, 5, memory, patience, turnedAway::add))
                .setWorkerThreads(1)
                .setSocketOption(Options.SEND_BUFFER, BUFFER)
                .build();
        servers.add(started);
        started.start();
        return started;
    }

    @AfterEach
    void stop() throws IOException {
        for (var caller : callers) caller.close();
        servers.forEach(Undertow::stop);
    }

    private void reply(HttpServerExchange exchange) throws IOException {
        worked.release();
        var isLong = exchange.getRequestPath().equals("/long");
        exchange.setResponseContentLength((isLong ? LENGTH : 0) + "end".length());
        exchange.startBlocking();
        var out = exchange.getOutputStream();
        var piece = "a".repeat(1_000).getBytes(US_ASCII);
        if (isLong) for (var sent = 0; sent < LENGTH; sent += piece.length) out.write(piece);
        out.write("end".getBytes(US_ASCII));
        out.close();
    }

    private Socket call(String path) throws IOException {
        return call(server, path);
    }

    private Socket call(Undertow server, String path) throws IOException {
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        var caller = new Socket();
        caller.setReceiveBufferSize(BUFFER);
        caller.connect(address);
        caller.setSoTimeout(10_000);
        callers.add(caller);
        ask(caller, path);
        return caller;
    }

    private static void ask(Socket caller, String path) throws IOException {
        caller.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(US_ASCII));
    }

    private static String read(Socket caller) throws IOException {
        var in = caller.getInputStream();
        var text = new StringBuilder();
        var buffer = new byte[BUFFER];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            text.append(new String(buffer, 0, n, US_ASCII));
            if (text.indexOf("end", text.length() - 3) >= 0) break;
        }
        return text.toString();
    }

    @Test
    void whoDoesNotReadKeepsNoThread() throws IOException {
        call("/long");
        call("/long");
        assertThat(read(call("/short"))).startsWith("HTTP/1.1 200 ").endsWith("end");
    }

    @Test
    void whoReadsLateReadsAll() throws IOException, InterruptedException {
        var late = call("/long");
        worked.acquire();
        assertThat(read(call("/short"))).endsWith("end");
        assertThat(read(late).chars().filter(character -> character == 'a')).hasSizeGreaterThanOrEqualTo(LENGTH);
        ask(late, "/short");
        assertThat(read(late)).startsWith("HTTP/1.1 200 ").endsWith("end");
    }

    @Test
    void whoNeverReadsIsHungUpOn() throws IOException {
        var idle = call(server(Duration.ofMillis(200)), "/long");
        await().atMost(Duration.ofSeconds(20)).until(() -> isHungUpOn(idle));
    }

    /** That the other end of a connection is gone shows when something is sent to it. */
    private static boolean isHungUpOn(Socket caller) {
        try {
            ask(caller, "/short");
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    /** There is room for three. */
    @Test
    void whoIsWaitedForTheLongestMakesRoom() throws IOException, InterruptedException {
        for (var i = 0; i < 4; i++) {
            call("/long");
            worked.acquire();
        }
        turnedAway.take();
        assertThat(read(callers.get(0))).doesNotEndWith("end");
        assertThat(read(callers.get(3))).endsWith("end");
    }
}
