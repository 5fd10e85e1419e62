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
                "nonsense"
            })
    void doesNotAdmitJson(String accept) {
        assertThat(Accept.admitsJson(List.of(accept))).isFalse();
    }

    @Test
    void withoutAHeaderEverythingIsAdmitted() {
        assertThat(Accept.admitsJson(List.of())).isTrue();
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(Accept.admitsJson(List.of("text/html", "application/json"))).isTrue();
    }
}
