package dev.dcr.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

    @Test
    void readsAnObject() {
        assertThat(StrictJson.object("{\"a\":[1,{\"b\":\"\\ud83d\\ude00\"}]}").getJsonArray("a"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [1]                        | is not a JSON object
                    "text"                     | is not a JSON object
                    {"a":1,"a":2}              | has a duplicate member
                    {"a":{"b":1,"b":1}}        | has a duplicate member
                    {"a":1} {"b":2}            | goes on after the JSON object
                    {"a":1}x                   | goes on after the JSON object
                    {"a":1,}                   | is not well-formed JSON
                    {'a':1}                    | is not well-formed JSON
                    {"a":NaN}                  | is not well-formed JSON
                    {"a":01}                   | is not well-formed JSON
                    {"a":"\\u0000"}            | holds a NUL character in a string
                    {"\\u0000":1}              | holds a NUL character in a string
                    {"a":"\\ud800"}            | holds half of a surrogate pair in a string
                    {"a":"\\udc00\\ud800"}     | holds half of a surrogate pair in a string
                    {"a":1e999999999}          | holds a number out of range
                    {"a":1e-500}               | holds a number out of range
                    """)
    void refusesWhatIsNotStrict(String text, String reason) {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> StrictJson.object(text.replace("\\\\", "\\")))
                .withMessage(reason);
    }

    @Test
    void refusesNestingThatWouldExhaustTheParser() {
        var deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> StrictJson.object(deep))
                .withMessageContaining("nested deeper than 32");
    }

    @Test
    void countsNoBracketsInsideStrings() {
        var text = "{\"a\":\"" + "[\\\"".repeat(100) + "\"}";
        assertThat(StrictJson.object(text)).hasSize(1);
    }

    @Test
    void refusesAnEmptyBody() {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> StrictJson.object(new byte[0]));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> StrictJson.object(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}))
                .withMessage("is not UTF-8");
    }

    @Property
    void neverFailsInAnotherWay(@ForAll String text) {
        try {
            assertThat(StrictJson.object(text.getBytes(UTF_8))).isNotNull();
        } catch (MalformedJson expected) {
            assertThat(expected.getMessage()).matches("(is|has|holds|goes) .*");
        }
    }
}
