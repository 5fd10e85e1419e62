package dev.dcr.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A token bucket for each of many, on this node. Memory is bounded: of more than it can hold, the idlest are forgotten, and
 * have their whole allowance when they come again.
 */
final class TokenBuckets {
    private static final int MOST = 100_000;

    private final double tokensPerNano;
    private final int burst;
    private final LongSupplier nanoTime;
    private final Cache<String, Bucket> buckets;

    /**
     * What is left of an allowance, and when that was so.
     *
     * @param debt tokens that come back no earlier than these have come for nothing
     */
    private record Bucket(double tokens, double debt, long nanos) {
        private Bucket with(double more, double owed) {
            return new Bucket(tokens + more, debt + owed, nanos);
        }
    }

    /**
     * @param perMinute how many tokens a bucket gets in a minute, at least 1
     * @param burst     how many it holds, at least 1
     * @param nanoTime  the present, as {@link System#nanoTime()} tells it
     */
    TokenBuckets(int perMinute, int burst, LongSupplier nanoTime) {
        tokensPerNano = perMinute / 60e9;
        this.burst = burst;
        this.nanoTime = nanoTime;
        var full = Duration.ofNanos((long) (burst / tokensPerNano));
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(full.multipliedBy(2 + Passage.FAILURE).plusMinutes(1))
                .build();
    }

    /** Takes a token; if there is none, how long to wait for the next, in whole seconds. */
    Optional<Duration> take(String key) {
        var found = new AtomicReference<Bucket>();
        change(key, bucket -> {
            found.set(bucket);
            return bucket.tokens() < 1 ? bucket : bucket.with(-1, 0);
        });
        var missing = 1 - found.get().tokens();
        if (missing <= 0) return Optional.empty();
        var wait = Math.ceil((missing + found.get().debt()) / tokensPerNano / 1e9);
        return Optional.of(Duration.ofSeconds(Math.max(1, (long) wait)));
    }

    /** Gives a token back that was taken for nothing. */
    void giveBack(String key) {
        change(key, bucket -> bucket.with(1, 0));
    }

    /** Takes tokens that are not there yet: those of the burst stay, and come back later. */
    void owe(String key, int tokens) {
        change(key, bucket -> bucket.with(0, tokens));
    }

    private void change(String key, UnaryOperator<Bucket> change) {
        buckets.asMap().compute(key, (same, bucket) -> change.apply(refill(bucket)));
    }

    private Bucket refill(Bucket bucket) {
        var now = nanoTime.getAsLong();
        if (bucket == null) return new Bucket(burst, 0, now);
        var come = (now - bucket.nanos()) * tokensPerNano;
        var paid = Math.min(bucket.debt(), come);
        return new Bucket(Math.min(burst, bucket.tokens() + come - paid), bucket.debt() - paid, now);
    }
}
