package dev.dcr.audit;

import dev.dcr.encryption.MacKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The newest seal that this node has seen. It is in memory, where who writes to the database does not reach: from a chain
 * whose end was cut off it is missing, whatever was laid upon the rest.
 */
final class NewestSeal {
    private static final Duration REMINDERS = Duration.ofHours(1);
    private static final Anchor BEGINNING = Seal.genesis().anchor();

    private record Announcement(Anchor seal, Instant at) {}

    private final AtomicReference<Anchor> seen = new AtomicReference<>(BEGINNING);
    private final AtomicReference<Announcement> announced =
            new AtomicReference<>(new Announcement(BEGINNING, Instant.MIN));

    /** Remembers a seal that is genuine and committed. */
    void see(Anchor seal) {
        seen.accumulateAndGet(seal, (known, now) -> now.seal() > known.seal() ? now : known);
    }

    /**
     * What is missing of what this node has seen. Takes no lock: what is in memory was committed before the database is read,
     * and but for retention nobody takes it away.
     */
    Optional<Finding> missed(Ledger ledger, MacKeys keys) {
        return Stream.of(BEGINNING, seen.get())
                .flatMap(known -> missed(known, ledger, keys).stream())
                .findFirst();
    }

    private static Optional<Finding> missed(Anchor known, Ledger ledger, MacKeys keys) {
        var found = ledger.seal(known.seal());
        if (found.isPresent())
            return found.filter(seal -> !seal.anchor().equals(known))
                    .map(other -> Finding.ofSeal(known.seal(), "is another one than this node has seen"));
        if (!known.equals(BEGINNING) && ledger.isPruned(known.seal(), keys)) return Optional.empty();
        return Optional.of(Finding.ofSeal(known.seal(), "is gone, although this node has seen it"));
    }

    /** What the log is to be told: each seal that is the newest, and the same once more after an hour, for logs rotate. */
    Optional<Anchor> announcement(Instant now) {
        var newest = seen.get();
        var last = announced.get();
        var isDue = !newest.equals(last.seal()) || !last.at().plus(REMINDERS).isAfter(now);
        if (newest.equals(BEGINNING) || !isDue) return Optional.empty();
        return announced.compareAndSet(last, new Announcement(newest, now)) ? Optional.of(newest) : Optional.empty();
    }
}
