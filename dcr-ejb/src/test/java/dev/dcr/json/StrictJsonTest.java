package dev.dcr.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
                    {"a":1e99999999990}        | holds a number out of range
                    {"a":-1e-99999999999}      | holds a number out of range
                    """)
    void refusesWhatIsNotStrict(String text, String reason) {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> StrictJson.object(text.replace("\\\\", "\\")))
                .withMessage(reason);
    }

    @Test
    void readsANumberAsADatabaseWritesItOut() {
        for (var number : List.of("1e300", "-12.5e200", "1e-300")) {
            var written = StrictJson.object("{\"a\":" + new BigDecimal(number).toPlainString() + "}");
            assertThat(written.getJsonNumber("a").bigDecimalValue()).isEqualByComparingTo(number);
        }
    }

    @Test
    void refusesANumberOfThousandsOfDigits() {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> StrictJson.object("{\"a\":" + "1".repeat(5000) + "}"))
                .withMessage("holds a number out of range");
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

    @Provide
    static Arbitrary<JsonObject> objects() {
        var text = Arbitraries.strings()
                .withChars("ab\"\\/{}[],:\n\t é日")
                .ofMaxLength(8)
                .map(plain -> plain + (plain.length() % 2 == 0 ? "\ud83d\ude00" : ""));
        var leaves = Arbitraries.<JsonValue>oneOf(
                text.map(StrictJson.PROVIDER::createValue),
                Arbitraries.integers().map(StrictJson.PROVIDER::createValue),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-1000), BigDecimal.valueOf(1000))
                        .ofScale(3)
                        .map(StrictJson.PROVIDER::createValue),
                Arbitraries.of(JsonValue.TRUE, JsonValue.FALSE, JsonValue.NULL));
        var lists = leaves.list().ofMaxSize(4).map(StrictJsonTest::array);
        var inner = members(text, Arbitraries.oneOf(leaves, lists));
        return members(text, Arbitraries.oneOf(leaves, lists, inner.map(object -> (JsonValue) object)));
    }

    private static JsonValue array(List<JsonValue> elements) {
        var array = StrictJson.PROVIDER.createArrayBuilder();
        elements.forEach(array::add);
        return array.build();
    }

    private static Arbitrary<JsonObject> members(Arbitrary<String> names, Arbitrary<JsonValue> values) {
        return Arbitraries.maps(names, values).ofMaxSize(5).map(StrictJsonTest::object);
    }

    private static JsonObject object(Map<String, JsonValue> members) {
        var object = StrictJson.PROVIDER.createObjectBuilder();
        members.forEach(object::add);
        return object.build();
    }

    @Property
    void readsWhatWasPrinted(@ForAll("objects") JsonObject object) {
        assertThat(StrictJson.object(object.toString())).isEqualTo(object);
        assertThat(StrictJson.object(object.toString().getBytes(UTF_8))).isEqualTo(object);
    }
}
