package dev.dcr.endpoint;

import dev.dcr.metrics.TurnedAway;
import io.undertow.server.HttpServerExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The memory that may be taken by bodies which are waited for, or by replies which wait to be read, all of them together.
 * Where more is needed, who has been waited for the longest is hung up on: an honest body is there in no time, an honest
 * reader is done in no time, and one of many that are slow on purpose must keep nobody else from being served.
 */
final class WaitingMemory {
    private final long most;
    private final Consumer<TurnedAway> turnedAway;
    /** The longest waited for first. */
    private final Map<HttpServerExchange, Held> waiting = new LinkedHashMap<>();

    private long taken;

    private record Held(Runnable hangUp, long bytes) {}

    /**
     * @param most       bytes in all
     * @param turnedAway is told of each request that is given up
     */
    WaitingMemory(long most, Consumer<TurnedAway> turnedAway) {
        this.most = most;
        this.turnedAway = turnedAway;
    }

    /**
     * Notes what is taken for a request.
     *
     * @param hangUp gives the request up
     */
    void take(HttpServerExchange exchange, Runnable hangUp, long bytes) {
        for (var givenUp : noted(exchange, new Held(hangUp, bytes))) {
            turnedAway.accept(new TurnedAway());
            givenUp.hangUp().run();
        }
    }

    private synchronized List<Held> noted(HttpServerExchange exchange, Held held) {
        var before = waiting.put(exchange, held);
        taken += held.bytes() - (before == null ? 0 : before.bytes());
        var givenUp = new ArrayList<Held>();
        for (var oldest = waiting.values().iterator(); taken > most && oldest.hasNext(); oldest.remove()) {
            givenUp.add(oldest.next());
            taken -= givenUp.get(givenUp.size() - 1).bytes();
        }
        return givenUp;
    }

    /** Notes that nothing of a request is waited for any longer. */
    synchronized void release(HttpServerExchange exchange) {
        var held = waiting.remove(exchange);
        if (held != null) taken -= held.bytes();
    }
}
