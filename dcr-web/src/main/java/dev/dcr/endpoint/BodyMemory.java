package dev.dcr.endpoint;

import dev.dcr.metrics.TurnedAway;
import io.undertow.server.HttpServerExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The memory that bodies may take while they are waited for, all of them together. Where more is needed, who has been
 * waited for the longest is hung up on: an honest body is there in no time, and one of many that are held back on purpose
 * must keep nobody else from sending his own.
 */
final class BodyMemory {
    private final long most;
    private final Consumer<TurnedAway> turnedAway;
    /** The longest waited for first. */
    private final Map<HttpServerExchange, Held> waiting = new LinkedHashMap<>();

    private long taken;

    private record Held(WaitingBody body, long bytes) {}

    /**
     * @param most       bytes in all
     * @param turnedAway is told of each request whose body is given up
     */
    BodyMemory(long most, Consumer<TurnedAway> turnedAway) {
        this.most = most;
        this.turnedAway = turnedAway;
    }

    /** Notes what a body takes that is not complete yet. */
    void take(HttpServerExchange exchange, WaitingBody body, long bytes) {
        for (var givenUp : noted(exchange, new Held(body, bytes))) {
            turnedAway.accept(new TurnedAway());
            givenUp.body().hangUp();
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

    /** Notes that nobody waits for the body of a request any longer. */
    synchronized void release(HttpServerExchange exchange) {
        var held = waiting.remove(exchange);
        if (held != null) taken -= held.bytes();
    }
}
