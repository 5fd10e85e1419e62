package dev.dcr.endpoint;

import dev.dcr.metrics.TurnedAway;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Lets in so many requests at a time, those included that wait for a thread, and answers the rest 503 at once, on the
 * thread that read the request: who has to wait longer than anybody would is better told so. Undertow's own limit has a
 * queue besides, which may leave the last request in it waiting for the next.
 */
final class Crowd implements HttpHandler {
    private static final Logger LOG = Logger.getLogger(Crowd.class);
    private static final long WARN_NANOS = Duration.ofSeconds(10).toNanos();

    private final HttpHandler next;
    private final int most;
    private final Consumer<TurnedAway> turnedAway;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_NANOS);

    /**
     * @param most       requests at a time
     * @param turnedAway is told of each request that is not let in
     */
    Crowd(HttpHandler next, int most, Consumer<TurnedAway> turnedAway) {
        this.next = next;
        this.most = most;
        this.turnedAway = turnedAway;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            turnAway(exchange);
            return;
        }
        exchange.addExchangeCompleteListener((ended, others) -> {
            underWay.decrementAndGet();
            others.proceed();
        });
        next.handleRequest(exchange);
    }

    private void turnAway(HttpServerExchange exchange) {
        turnedAway.accept(new TurnedAway());
        warn();
        ErrorReply.BUSY.send(exchange, CorrelationId.of(exchange.getRequestHeaders()::getFirst));
    }

    /** One line for many: a log that is written for each would make it worse. */
    private void warn() {
        var last = warned.get();
        var now = System.nanoTime();
        if (now - last >= WARN_NANOS && warned.compareAndSet(last, now))
            LOG.warnf("requests are turned away: %d are under way, which is dcr.max_concurrent_requests", most);
    }
}
