package dev.dcr.endpoint;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Protocols;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.IoUtils;

/**
 * Ends a connection of HTTP/2 that has more requests under way than a connection may have open. Undertow counts open streams,
 * and a caller who withdraws a request has closed its stream while the work on it goes on (CVE-2023-44487); it counts
 * withdrawals, too, but none that follow a request that was complete.
 */
final class StreamsUnderWay implements HttpHandler {
    /** Twice the streams that may be open: a reply reaches its caller a moment before the end of the work is told. */
    private static final int MOST = 200;

    private final HttpHandler next;
    private final Map<SocketAddress, Integer> byPeer = new ConcurrentHashMap<>();

    StreamsUnderWay(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!exchange.getProtocol().equals(Protocols.HTTP_2_0)) {
            next.handleRequest(exchange);
            return;
        }
        var peer = exchange.getConnection().getPeerAddress();
        var underWay = byPeer.merge(peer, 1, Integer::sum);
        exchange.addExchangeCompleteListener((ended, others) -> {
            byPeer.computeIfPresent(peer, (same, count) -> count == 1 ? null : count - 1);
            others.proceed();
        });
        if (underWay <= MOST) next.handleRequest(exchange);
        else IoUtils.safeClose(exchange.getConnection());
    }
}
