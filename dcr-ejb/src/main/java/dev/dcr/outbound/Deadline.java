package dev.dcr.outbound;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends what has not ended by itself. A socket's own time-out starts anew with each byte, so that whoever sends one byte a
 * second could hold his caller for ever.
 */
public final class Deadline implements AutoCloseable {
    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private Deadline() {}

    /** @param end called by another thread when the time is up, unless this was closed before */
    public static Deadline after(Duration time, Runnable end) {
        var deadline = new Deadline();
        deadline.reached.thenRunAsync(end); // not by the one thread that keeps all deadlines: it may block
        deadline.reached.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
        return deadline;
    }

    /** Nothing is ended any more, but what is being ended at this moment. */
    @Override
    public void close() {
        reached.cancel(false);
    }
}
