package dev.dcr.registration;

import static java.util.Comparator.naturalOrder;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * After which time clients are deleted that nobody seems to need any more ({@code dcr.expiry}).
 *
 * @param unusedAfter     how long a client may be without being managed; empty for ever
 * @param notRenewedAfter how long a client may be without an update; empty for ever
 * @param grace           how long it is kept after that was noticed
 */
public record ExpiryConfig(Optional<Duration> unusedAfter, Optional<Duration> notRenewedAfter, Duration grace) {
    private static final ValueType<Duration> PERIOD = ValueType.seconds(0, Integer.MAX_VALUE);
    private static final Duration USUAL_GRACE = Duration.ofDays(30);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

    /** Reads {@code dcr.expiry}. */
    public static ExpiryConfig from(ConfigReader config) {
        var expiry = config.table("dcr.expiry");
        return new ExpiryConfig(
                period(
                        expiry,
                        "unused_after",
                        "A client expires when it was not managed for so long, not even read; 0 for never."),
                period(
                        expiry,
                        "not_renewed_after",
                        "A client expires when it was not updated for so long; 0 for never."),
                expiry.value(
                        "grace",
                        PERIOD,
                        USUAL_GRACE,
                        "How long an expired client is kept; what its owner left undone may be done until then."));
    }

    private static Optional<Duration> period(ConfigTable expiry, String key, String meaning) {
        return Optional.of(expiry.value(key, PERIOD, Duration.ZERO, meaning)).filter(period -> !period.isZero());
    }

    boolean isOn() {
        return unusedAfter.isPresent() || notRenewedAfter.isPresent();
    }

    /**
     * When a client expires.
     *
     * @param used    when it was last managed, as far as is known
     * @param renewed when it was last updated
     * @return empty for never
     */
    Optional<Instant> expiry(Instant used, Instant renewed) {
        return Stream.concat(unusedAfter.map(used::plus).stream(), notRenewedAfter.map(renewed::plus).stream())
                .min(naturalOrder());
    }

    /**
     * How long a use that was noted stands for those that follow, so that reading does not mean writing: a day, or a tenth
     * of {@code unused_after}. Empty where it is of no interest who is used.
     */
    Optional<Duration> noted() {
        return unusedAfter.map(period -> shorter(A_DAY, period.dividedBy(10)));
    }

    /** How often to look for what has expired. */
    Optional<Duration> interval() {
        return Stream.concat(unusedAfter.stream(), notRenewedAfter.stream())
                .min(naturalOrder())
                .map(period -> shorter(LONGEST_INTERVAL, period.dividedBy(2)))
                .map(interval -> interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
