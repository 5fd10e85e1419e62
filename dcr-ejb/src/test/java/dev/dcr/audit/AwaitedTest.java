package dev.dcr.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AwaitedTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @Test
    void numbersWithoutAnEventAreAwaited() {
        var awaited = Awaited.NOTHING.withHoles(1, 10, new TreeSet<>(List.of(2L, 3L, 7L, 10L)), NOW);
        assertThat(awaited).hasToString("1@1000000,4-6@1000000,8-9@1000000");
        assertThat(awaited.contains(5)).isTrue();
        assertThat(awaited.contains(7)).isFalse();
    }

    @Test
    void nothingIsAwaitedWhereNothingIsMissing() {
        assertThat(Awaited.NOTHING.withHoles(1, 2, new TreeSet<>(List.of(1L, 2L)), NOW))
                .isEqualTo(Awaited.NOTHING);
        assertThat(Awaited.NOTHING.withHoles(3, 2, new TreeSet<>(), NOW)).isEqualTo(Awaited.NOTHING);
    }

    @Test
    void whatHasComeIsAwaitedNoLonger() {
        var awaited = Awaited.parse("4-6@1000000,9@1000010");
        assertThat(awaited.without(List.of(5L, 9L))).hasToString("4@1000000,6@1000000");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(Awaited.parse("4-6@1000000,9@1000010")).hasToString("4-6@1000000,9@1000010");
        assertThat(Awaited.parse("")).isEqualTo(Awaited.NOTHING);
    }

    @Test
    void noTransactionTakesAnHour() {
        var awaited = Awaited.parse("4-6@1000000,9@1000010");
        assertThat(awaited.at(NOW.plus(Awaited.PATIENCE))).hasToString("9@1000010");
    }
}
