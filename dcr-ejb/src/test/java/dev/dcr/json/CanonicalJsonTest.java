package dev.dcr.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"b":1,"a":{"d":[],"c":{}}}  | {"a": {"c": {}, "d": []}, "b": 1}
                    {"a":1.50}                   | {"a":1.5}
                    {"a":1e2}                    | {"a":100}
                    {"a":100.0}                  | {"a":100}
                    {"a":-0.0}                   | {"a":0}
                    {"a":"\\u00e9\\/"}           | {"a":"é/"}
                    {"a":"\\u0041\\n"}           | {"a":"A\\u000a"}
                    """)
    void twoWaysToWriteOneValueAreOneText(String one, String other) {
        assertThat(CanonicalJson.of(StrictJson.object(one))).isEqualTo(CanonicalJson.of(StrictJson.object(other)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1}        | {"a":"1"}
                    {"a":null}     | {}
                    {"a":[1,2]}    | {"a":[2,1]}
                    {"a":[[1],2]}  | {"a":[[1,2]]}
                    {"a":"b\\""}   | {"a":"b\\\\\\""}
                    {"a":"","b":1} | {"a":",b:1"}
                    {"a":1.5}      | {"a":15}
                    {"a":true}     | {"a":"true"}
                    """)
    void twoValuesAreTwoTexts(String one, String other) {
        assertThat(CanonicalJson.of(StrictJson.object(one))).isNotEqualTo(CanonicalJson.of(StrictJson.object(other)));
    }

    @Test
    void theTextIsJsonOfTheSameValue() {
        var value = StrictJson.object("{\"z\":[true,null,{\"a\":\"\\\"\\\\\\n\\u0001é😀\"}],\"a\":-12.5}");
        assertThat(StrictJson.object(CanonicalJson.of(value))).isEqualTo(value);
    }
}
