package dev.dcr.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void readsOneObjectWithWhitespaceAround() {
        assertThat(StrictJson.object(" {\"a\":\"ü\"}\n".getBytes(UTF_8)).getString("a"))
                .isEqualTo("ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "null",
                "[]",
                "\"a\"",
                "{",
                "{} x",
                "{}{}",
                "{},",
                "{}]",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{a:1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\\ud800\"}"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> StrictJson.object(text)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void saysThatAMemberIsThereTwice() {
        assertThatThrownBy(() -> StrictJson.object("{\"a\":1,\"a\":1}")).hasMessage("has a duplicate member");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> StrictJson.object("{\"a\":\"ü\"}".getBytes(ISO_8859_1)))
                .hasMessage("is not UTF-8");
    }

    @Test
    void refusesNestingThatWouldExhaustTheParser() {
        assertThatThrownBy(() -> StrictJson.object("{\"a\":" + "[".repeat(100_000)))
                .hasMessage("is nested deeper than 32 levels");
    }
}
