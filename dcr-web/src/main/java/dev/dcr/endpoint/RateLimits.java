package dev.dcr.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dcr.access.TokenDigest;
import dev.dcr.config.RateLimitConfig;
import dev.dcr.error.RegistrationError.SlowDown;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.metrics.SlowedDown;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The limits of {@code dcr.rate_limit}, each with its buckets, and who is known to have come with a good token. */
final class RateLimits {
    private static final int MOST_KNOWN = 100_000;
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Optional<TokenBuckets> sources;
    private final Optional<TokenBuckets> clients;
    private final Optional<TokenBuckets> software;
    private final Consumer<SlowedDown> slowedDown;

    /** Digests of {@code Authorization} headers by which clients were managed lately. */
    private final Cache<TokenDigest, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterAccess(REMEMBERED)
            .build();

    /**
     * @param nanoTime   the present, as {@link System#nanoTime()} tells it
     * @param slowedDown is told of each refusal
     */
    RateLimits(RateLimitConfig config, LongSupplier nanoTime, Consumer<SlowedDown> slowedDown) {
        sources = buckets(config.requests(), config, nanoTime);
        clients = buckets(config.clientRequests(), config, nanoTime);
        software = buckets(config.softwareRequests(), config, nanoTime);
        this.slowedDown = slowedDown;
    }

    private static Optional<TokenBuckets> buckets(int perMinute, RateLimitConfig config, LongSupplier nanoTime) {
        return perMinute == 0 ? Optional.empty() : Optional.of(new TokenBuckets(perMinute, config.burst(), nanoTime));
    }

    /**
     * Lets a request in, at the expense of its source. One whose token was good lately is let in even if the source has
     * nothing left: its neighbours may have used it up.
     *
     * @param authorization the {@code Authorization} header of a request that manages a client; {@code null} for any other
     * @throws RegistrationRefused with {@link SlowDown}
     */
    Passage enter(String source, String authorization) {
        var passage = new Passage(this, SourceAddress.network(source), Optional.ofNullable(authorization));
        passage.enter();
        return passage;
    }

    /** The buckets of source addresses. */
    Optional<TokenBuckets> sources() {
        return sources;
    }

    /** The buckets of clients. */
    Optional<TokenBuckets> clients() {
        return clients;
    }

    /** Takes a token of the software, if that is limited. */
    void takeOfSoftware(String id) {
        software.flatMap(buckets -> buckets.take(id)).ifPresent(wait -> refuse(SlowedDown.SOFTWARE, wait));
    }

    boolean isKnown(String authorization) {
        return known.getIfPresent(TokenDigest.of(authorization)) != null;
    }

    void remember(String authorization) {
        known.put(TokenDigest.of(authorization), true);
    }

    void forget(String authorization) {
        known.invalidate(TokenDigest.of(authorization));
    }

    void refuse(SlowedDown by, Duration wait) {
        slowedDown.accept(by);
        throw new RegistrationRefused(new SlowDown(wait));
    }
}
