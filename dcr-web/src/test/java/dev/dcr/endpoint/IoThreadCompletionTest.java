package dev.dcr.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Which thread gets a connection ready for its next request. */
class IoThreadCompletionTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST_REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final List<Boolean> completedInIoThread = new CopyOnWriteArrayList<>();

    @Test
    void isTheConnectionsOwnIfAnotherAnswered() throws IOException {
        assertThat(replies(new BlockingHandler(exchange -> {
                    assertThat(exchange.isInIoThread()).isFalse();
                    exchange.getOutputStream().write("told".getBytes(US_ASCII));
                })))
                .hasSize(2);
        assertThat(completedInIoThread).containsExactly(true, true);
    }

    @Test
    void isTheConnectionsOwnIfItAnswered() throws IOException {
        assertThat(replies(exchange -> exchange.getResponseSender().send("told")))
                .hasSize(2);
        assertThat(completedInIoThread).containsExactly(true, true);
    }

    /** @return the replies to two requests over one connection */
    private List<String> replies(HttpHandler application) throws IOException {
        var handler = new IoThreadCompletion(application);
        var undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", exchange -> {
                    // before any other, so that it is told last
                    exchange.addExchangeCompleteListener((completed, next) -> {
                        completedInIoThread.add(completed.isInIoThread());
                        next.proceed();
                    });
                    handler.handleRequest(exchange);
                })
                .build();
        undertow.start();
        var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
            var first = new StringBuilder();
            while (!first.toString().endsWith("told"))
                first.append((char) socket.getInputStream().read());
            socket.getOutputStream().write(LAST_REQUEST.getBytes(US_ASCII));
            return List.of(first.toString(), new String(socket.getInputStream().readAllBytes(), US_ASCII));
        } finally {
            undertow.stop();
        }
    }
}
