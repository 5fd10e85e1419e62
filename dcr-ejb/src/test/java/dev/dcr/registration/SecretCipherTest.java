package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dcr.encryption.Keys;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretCipherTest {
    private final byte[] key = Keys.fresh();
    private final SecretCipher cipher = new SecretCipher(List.of(key));

    @Test
    void opensWhatItSealed() {
        assertThat(cipher.open(cipher.seal("s3cret", "client"), "client")).isEqualTo("s3cret");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(cipher.seal("s3cret", "client")).isNotEqualTo(cipher.seal("s3cret", "client"));
    }

    @Test
    void showsNothingOfTheSecret() {
        var sealed = cipher.seal("s3cret", "client");
        assertThat(new String(Base64.getUrlDecoder().decode(sealed), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("s3cret");
    }

    @Test
    void doesNotOpenTheSecretOfAnotherClient() {
        var sealed = cipher.seal("s3cret", "client");
        assertThatIllegalStateException().isThrownBy(() -> cipher.open(sealed, "other"));
    }

    @Test
    void opensUnderAnOlderKeyAfterRotation() {
        var sealed = cipher.seal("s3cret", "client");
        var rotated = new SecretCipher(List.of(Keys.fresh(), key));
        assertThat(rotated.open(sealed, "client")).isEqualTo("s3cret");
        assertThatIllegalStateException().isThrownBy(() -> cipher.open(rotated.seal("s3cret", "client"), "client"));
    }

    @Test
    void knowsWhatItCanOpen() {
        var another = new SecretCipher(List.of(Keys.fresh()));
        assertThat(cipher.canOpen(cipher.seal("s3cret", "client"))).isTrue();
        assertThat(another.canOpen(cipher.seal("s3cret", "client"))).isFalse();
    }

    @Test
    void takesOnlyKeysOf256Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretCipher(List.of(new byte[16])));
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretCipher(List.of()));
    }
}
