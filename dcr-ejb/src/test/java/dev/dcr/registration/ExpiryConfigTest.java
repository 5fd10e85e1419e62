package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryConfigTest {
    private static final Instant USED = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant RENEWED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void withoutPeriodsNothingExpiresAndNothingIsLookedFor() {
        var never = config(null, null);
        assertThat(never.isOn()).isFalse();
        assertThat(never.expiry(USED, RENEWED)).isEmpty();
        assertThat(never.noted()).isEmpty();
        assertThat(never.interval()).isEmpty();
    }

    @Test
    void whatComesFirstCounts() {
        var days30 = Duration.ofDays(30);
        assertThat(config(days30, null).expiry(USED, RENEWED)).contains(USED.plus(days30));
        assertThat(config(days30, Duration.ofDays(1)).expiry(USED, RENEWED)).contains(RENEWED.plus(Duration.ofDays(1)));
        assertThat(config(days30, Duration.ofDays(365)).expiry(USED, RENEWED)).contains(USED.plus(days30));
    }

    @Test
    void aUseIsNotedOnceADayOrMoreOftenWhereThePeriodIsShort() {
        assertThat(config(Duration.ofDays(90), null).noted()).contains(Duration.ofDays(1));
        assertThat(config(Duration.ofHours(10), null).noted()).contains(Duration.ofHours(1));
    }

    @Test
    void whereUseDoesNotCountItIsNotNoted() {
        assertThat(config(null, Duration.ofDays(90)).noted()).isEmpty();
    }

    @Test
    void theShorterThePeriodTheMoreOftenItIsLookedFor() {
        assertThat(config(Duration.ofDays(90), null).interval()).contains(Duration.ofMinutes(10));
        assertThat(config(Duration.ofDays(90), Duration.ofMinutes(1)).interval())
                .contains(Duration.ofSeconds(30));
        assertThat(config(Duration.ofSeconds(1), null).interval()).contains(Duration.ofSeconds(1));
    }

    private static ExpiryConfig config(Duration unusedAfter, Duration notRenewedAfter) {
        return new ExpiryConfig(
                Optional.ofNullable(unusedAfter), Optional.ofNullable(notRenewedAfter), Duration.ofDays(30));
    }
}
