package dev.dcr.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {

    @Test
    void neighboursAreWrittenAsRanges() {
        assertThat(EventIds.of(List.of(5L, 1L, 2L, 3L, 9L, 8L))).hasToString("1-3,5,8-9");
        assertThat(EventIds.NONE).hasToString("");
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll Set<@LongRange(min = 1, max = 60) Long> ids) {
        var written = EventIds.of(ids);
        assertThat(EventIds.parse(written.toString())).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-9999999999", "5-1", "x", "1,", "1-5000,6001-12000"})
    void whatNoSealIsOverIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EventIds.parse(text));
    }
}
