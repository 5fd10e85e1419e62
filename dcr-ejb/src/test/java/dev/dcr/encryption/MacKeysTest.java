package dev.dcr.encryption;

import static dev.dcr.encryption.MacKeys.Proof.FORGED;
import static dev.dcr.encryption.MacKeys.Proof.GENUINE;
import static dev.dcr.encryption.MacKeys.Proof.KEY_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MacKeysTest {
    private final byte[] secret = Keys.fresh();
    private final MacKeys keys = MacKeys.derivedFrom(List.of(secret), "test");

    @Test
    void aCodeProvesItsTextAndNoOther() {
        var code = keys.sign("text");
        assertThat(keys.check("text", code)).isEqualTo(GENUINE);
        assertThat(keys.check("texts", code)).isEqualTo(FORGED);
        assertThat(keys.check("text", code.substring(0, 8))).isEqualTo(FORGED);
        assertThat(keys.check("text", code + "A")).isEqualTo(FORGED);
    }

    @Test
    void whatWasSignedForOnePurposeIsNoGoodForAnother() {
        var other = MacKeys.derivedFrom(List.of(secret), "another test");
        assertThat(other.check("text", keys.sign("text"))).isEqualTo(FORGED);
    }

    @Test
    void anOlderKeyProvesWhatItSigned() {
        var code = keys.sign("text");
        var rotated = MacKeys.derivedFrom(List.of(Keys.fresh(), secret), "test");
        assertThat(rotated.check("text", code)).isEqualTo(GENUINE);
        assertThat(rotated.isOfFirstKey(code)).isFalse();
        assertThat(rotated.isOfFirstKey(rotated.sign("text"))).isTrue();
    }

    @Test
    void aKeyThatIsGoneProvesNothing() {
        var others = MacKeys.derivedFrom(List.of(Keys.fresh()), "test");
        assertThat(others.check("text", keys.sign("text"))).isEqualTo(KEY_UNKNOWN);
    }
}
