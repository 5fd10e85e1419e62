package dev.dcr.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One token bucket for each source address of this node. Memory is bounded: of more sources than it can hold, the
 * idlest are forgotten.
 */
final class RateLimit {
    private static final int MOST_SOURCES = 100_000;

    private final double tokensPerNano;
    private final int burst;
    private final LongSupplier nanoTime;
    private final Cache<String, Bucket> buckets;

    /** What is left of a source's allowance, and when that was so. */
    private record Bucket(double tokens, long nanos) {}

    /**
     * @param perMinute how many requests a source may make in a minute, at least 1
     * @param burst     how many of them may come at once, at least 1
     * @param nanoTime  the present, as {@link System#nanoTime()} tells it
     */
    RateLimit(int perMinute, int burst, LongSupplier nanoTime) {
        tokensPerNano = perMinute / 60e9;
        this.burst = burst;
        this.nanoTime = nanoTime;
        var full = Duration.ofNanos((long) (burst / tokensPerNano));
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST_SOURCES)
                .expireAfterAccess(full.plusMinutes(1))
                .build();
    }

    /** Takes one request from a source's allowance; if none is left, how long to wait for the next, in whole seconds. */
    Optional<Duration> take(String source) {
        var left = new AtomicReference<Bucket>();
        buckets.asMap().compute(network(source), (key, bucket) -> {
            left.set(refill(bucket));
            return left.get().tokens() < 1
                    ? left.get()
                    : new Bucket(left.get().tokens() - 1, left.get().nanos());
        });
        var missing = 1 - left.get().tokens();
        if (missing <= 0) return Optional.empty();
        return Optional.of(Duration.ofSeconds(Math.max(1, (long) Math.ceil(missing / tokensPerNano / 1e9))));
    }

    private Bucket refill(Bucket bucket) {
        var now = nanoTime.getAsLong();
        if (bucket == null) return new Bucket(burst, now);
        return new Bucket(Math.min(burst, bucket.tokens() + (now - bucket.nanos()) * tokensPerNano), now);
    }

    /** A holder of one IPv6 address has 2^64 of them, so its /64 network counts as the source. */
    private static String network(String source) {
        return SourceAddress.address(source)
                .map(address -> address.getAddress().length == 16
                        ? Arrays.toString(Arrays.copyOf(address.getAddress(), 8))
                        : source)
                .orElse(source);
    }
}
