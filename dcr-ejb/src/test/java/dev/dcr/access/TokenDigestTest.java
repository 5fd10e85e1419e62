package dev.dcr.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TokenDigestTest {
    @Test
    @DisplayName("RFC 7592 §5: a token that nobody can guess")
    @Tag("RFC7592-5-entropy")
    void aTokenHas256RandomBits() {
        assertThat(Stream.generate(TokenDigest::newToken).limit(1000))
                .doesNotHaveDuplicates()
                .allMatch(token -> Base64.getUrlDecoder().decode(token).length == 32);
    }

    @Test
    @DisplayName("RFC 7592 §5: what is stored does not give the token away")
    @Tag("RFC7592-5-disclosure")
    void onlyTheDigestIsKept() {
        var token = TokenDigest.newToken();
        var stored = TokenDigest.of(token);
        assertThat(stored.toString()).doesNotContain(token);
        assertThat(stored.matches(TokenDigest.of(token))).isTrue();
        assertThat(stored.matches(TokenDigest.of(stored.hash()))).isFalse();
    }
}
