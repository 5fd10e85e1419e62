package dev.dcr.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommaListTest {

    @Test
    void commasPartElementsAndBlanksAroundThemAreDropped() {
        assertThat(CommaList.parse(" a, b ,,c")).containsExactly("a", "b", "c");
    }

    @Test
    void nothingIsAnEmptyList() {
        assertThat(CommaList.parse(" ")).isEmpty();
    }

    @Test
    void whatWasJoinedComesApartAgain() {
        var elements = List.of("a,b", "c\\", "\\,d", "e");
        var joined = elements.stream().map(CommaList::escape).collect(joining(","));
        assertThat(CommaList.parse(joined)).isEqualTo(elements);
    }

    @Test
    void aTrailingBackslashStandsForItself() {
        assertThat(Stream.of("a\\", "\\").flatMap(text -> CommaList.parse(text).stream()))
                .containsExactly("a\\", "\\");
    }
}
