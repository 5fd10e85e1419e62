package dev.dcr.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "17:0S3nq1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_",
                "123456789012345678:0S3nq1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-"
            })
    void isReadAsItIsWritten(String text) {
        assertThat(Anchor.parse(text)).hasToString(text);
    }

    /** It is what the verification of an empty trail tells. */
    @Test
    void theBeginningIsAnAnchor() {
        var beginning = Seal.genesis().anchor();

        assertThat(Anchor.parse(beginning.toString())).isEqualTo(beginning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "17",
                "17:",
                "17:short",
                "-1:0S3nq1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_",
                "1234567890123456789:genesis"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Anchor.parse(text));
    }
}
