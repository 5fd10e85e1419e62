package dev.dcr.endpoint;

import dev.dcr.metrics.TurnedAway;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Lets in so many requests at a time, those included that wait for a thread, and answers the rest 503 at once, on the
 * thread that read the request: who has to wait longer than anybody would is better told so. Undertow's own limit has a
 * queue besides, which may leave the last request in it waiting for the next.
 *
 * <p>A request counts until the work on it is done, whatever becomes of its connection: a caller who has hung up, or has
 * withdrawn the request (RFC 9113 §5.4, CVE-2023-44487), has not taken the work away. Whether its reply is read is no
 * longer the crowd's business.
 */
final class Crowd implements HttpHandler {
    private static final Logger LOG = Logger.getLogger(Crowd.class);
    private static final long WARN_NANOS = Duration.ofSeconds(10).toNanos();

    private final HttpHandler next;
    private final int most;
    private final WaitingMemory replies;
    private final Duration patience;
    private final Consumer<TurnedAway> turnedAway;
    private final Set<HttpServerExchange> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_NANOS);

    /**
     * @param most       requests at a time
     * @param replies    the memory of replies that their callers have not read yet
     * @param patience   how long a caller may take to read a reply
     * @param turnedAway is told of each request that is not let in
     */
    Crowd(HttpHandler next, int most, WaitingMemory replies, Duration patience, Consumer<TurnedAway> turnedAway) {
        this.next = next;
        this.most = most;
        this.replies = replies;
        this.patience = patience;
        this.turnedAway = turnedAway;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!enter()) {
            turnAway(exchange);
            return;
        }
        waiting.add(exchange);
        exchange.dispatch(this::work);
    }

    private boolean enter() {
        if (underWay.incrementAndGet() <= most) return true;
        leaveForThoseWhoAreGone();
        if (underWay.get() <= most) return true;
        underWay.decrementAndGet();
        return false;
    }

    /** Not every request whose connection goes while it waits for a thread is ever given one. */
    private void leaveForThoseWhoAreGone() {
        for (var exchange : waiting)
            if (!exchange.getConnection().isOpen() && waiting.remove(exchange)) underWay.decrementAndGet();
    }

    private void work(HttpServerExchange exchange) throws Exception {
        if (!waiting.remove(exchange)) return;
        try {
            if (exchange.isComplete()) return; // and admits of no listener any more
            var reply = PatientReply.of(exchange, replies, patience);
            try {
                next.handleRequest(exchange);
            } finally {
                reply.sendWhatIsLeft();
            }
        } finally {
            underWay.decrementAndGet();
        }
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
