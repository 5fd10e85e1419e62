package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §12.5.1. */
class AcceptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON ; charset=utf-8",
                "application/*",
                "*/*",
                "text/html, image/gif, *; q=.2, */*; q=.2",
                "text/html;q=0.9,application/json;q=0.001",
                "*/*;q=0, application/json",
                "nonsense, */*",
                "text/html ,\tapplication/json",
                " application/json\t;\tq = 1 ",
                "text/html;q=0,  */*\t",
                "",
                " , "
            })
    void admitsJson(String accept) {
        assertThat(Accept.admitsJson(List.of(accept))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/json;q=0",
                "application/json; q=0.000, */*",
                "application/*;q=0, */*",
                "application/jwt",
                "application/json ;\tq = 0 , */*",
                "application/json; q=0 ;v=1",
                "application / json",
                "nonsense"
            })
    void doesNotAdmitJson(String accept) {
        assertThat(Accept.admitsJson(List.of(accept))).isFalse();
    }

    @Test
    void withoutAHeaderEverythingIsAdmitted() {
        assertThat(Accept.admitsJson(List.of())).isTrue();
    }

    /** A pattern that tried each of the blanks as the first would be at this for hours. */
    @Test
    void blanksCostNothing() {
        var blanks = " ".repeat(1_000_000);
        assertThat(Accept.admitsJson(List.of("text/html;q" + blanks + "x," + blanks + "; " + blanks)))
                .isFalse();
        assertThat(Accept.admitsJson(List.of(blanks + "application/json" + blanks + ";" + blanks)))
                .isTrue();
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(Accept.admitsJson(List.of("text/html", "application/json"))).isTrue();
    }
}
