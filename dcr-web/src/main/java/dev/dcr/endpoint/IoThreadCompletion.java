package dev.dcr.endpoint;

import io.undertow.server.ExchangeCompletionListener.NextListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.RejectedExecutionException;

/**
 * Has a connection's own thread get it ready for the next request. If the thread that answered did it, the connection's
 * own, woken by that next request, would have to wait for the other, and Undertow waits by spinning: where processors are
 * few, a quarter of their time went into that.
 */
final class IoThreadCompletion implements HttpHandler {
    private final HttpHandler next;

    IoThreadCompletion(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.addExchangeCompleteListener(IoThreadCompletion::complete);
        next.handleRequest(exchange);
    }

    private static void complete(HttpServerExchange exchange, NextListener next) {
        if (exchange.isInIoThread()) {
            next.proceed();
            return;
        }
        try {
            exchange.getIoThread().execute(next::proceed);
        } catch (RejectedExecutionException stopping) {
            next.proceed();
        }
    }
}
