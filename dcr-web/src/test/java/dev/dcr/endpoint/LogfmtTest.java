package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LogfmtTest {

    @Test
    void plainValuesStandBare() {
        assertThat(new Logfmt()
                        .with("method", "POST")
                        .with("path", "/register/a-b_c.d")
                        .with("status", 201))
                .hasToString("method=POST path=/register/a-b_c.d status=201");
    }

    @Test
    void anythingElseIsQuoted() {
        assertThat(new Logfmt().with("client_id", "a status=200")).hasToString("client_id=\"a status=200\"");
        assertThat(new Logfmt().with("client_id", "\"\\")).hasToString("client_id=\"\\\"\\\\\"");
        assertThat(new Logfmt().with("client_id", "")).hasToString("client_id=\"\"");
    }

    @Test
    void lineEndsAndForeignScriptsAreEscaped() {
        assertThat(new Logfmt().with("client_id", "a\r\nb\u2028")).hasToString("client_id=\"a\\u000d\\u000ab\\u2028\"");
    }

    @Test
    void longValuesAreCut() {
        assertThat(new Logfmt().with("path", "x".repeat(257)).toString()).hasSize("path=".length() + 256 + 3);
    }

    @Property
    void noValueEndsTheLineOrAddsAPair(@ForAll String value) {
        var line = new Logfmt().with("a", value).with("b", 1).toString();
        assertThat(line).matches("a=([A-Za-z0-9\\-._~:/@%+,;]+|\"([ -!#-\\[\\]-~]|\\\\[\"\\\\u])*\") b=1");
    }
}
