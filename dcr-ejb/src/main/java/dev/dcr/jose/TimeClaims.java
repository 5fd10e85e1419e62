package dev.dcr.jose;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The time claims of a JWT: {@code iat}, {@code nbf} and {@code exp} of RFC 7519 §4.1, in seconds since 1970.
 *
 * @param now  the present
 * @param skew how far the clocks of issuer and server may differ
 */
public record TimeClaims(JsonObject claims, Instant now, Duration skew) {
    private static final long LATEST = 253_402_300_799L; // the end of the year 9999

    /** When it was issued, if it says so properly. */
    public Optional<Instant> issuedAt() {
        return instant("iat");
    }

    /** When it expires, if it says so properly. */
    public Optional<Instant> expiresAt() {
        return instant("exp");
    }

    /**
     * Checks whichever of the claims are there.
     *
     * @param report takes a claim's name and what is wrong with it, as the end of a sentence that starts with the name
     */
    public void check(BiConsumer<String, String> report) {
        for (var claim : new String[] {"iat", "nbf", "exp"}) {
            if (claims.containsKey(claim) && instant(claim).isEmpty()) {
                report.accept(claim, "must be a number of seconds since 1970");
            }
        }
        instant("exp").filter(end -> !end.plus(skew).isAfter(now)).ifPresent(end -> report.accept("exp", "has passed"));
        instant("nbf").filter(this::isFuture).ifPresent(start -> report.accept("nbf", "is in the future"));
        instant("iat").filter(this::isFuture).ifPresent(start -> report.accept("iat", "is in the future"));
    }

    private boolean isFuture(Instant instant) {
        return instant.minus(skew).isAfter(now);
    }

    private Optional<Instant> instant(String claim) {
        JsonValue value = claims.get(claim);
        if (!(value instanceof JsonNumber number)) return Optional.empty();
        var seconds = number.bigDecimalValue().doubleValue();
        return seconds >= 0 && seconds <= LATEST
                ? Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)))
                : Optional.empty();
    }
}
