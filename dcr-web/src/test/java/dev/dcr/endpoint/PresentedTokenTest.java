package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.endpoint.PresentedToken.Scheme;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750 §2.1 and RFC 9449 §7.1. */
class PresentedTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer aB1-._~+/==", "bearer aB1-._~+/==", "BEARER  aB1-._~+/== "})
    void theTokenFollowsTheSchemeInAnyCase(String header) {
        assertThat(PresentedToken.of(List.of(header))).contains(new PresentedToken(Scheme.BEARER, "aB1-._~+/=="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP abc", "dpop  abc "})
    void aTokenMayComeWithAProof(String header) {
        assertThat(PresentedToken.of(List.of(header))).contains(new PresentedToken(Scheme.DPOP, "abc"));
    }

    @Test
    void aTokenIsNotPrinted() {
        assertThat(PresentedToken.of(List.of("Bearer abc")).orElseThrow()).hasToString("Bearer ...");
    }

    @Test
    void withoutAHeaderThereIsNoToken() {
        assertThat(PresentedToken.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "DPoPs abc", "Bearers abc", ""})
    void anotherSchemeIsNoToken(String header) {
        assertThat(PresentedToken.of(List.of(header))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer a,b",
                "Bearer \"a\"",
                "Bearer =a",
                "Bearer\ta",
                "DPoP",
                "DPoP a b",
                "Bearer \u00e4"
            })
    void aMalformedTokenIsNoGood(String header) {
        isNoGood(List.of(header));
    }

    @Test
    void twoHeadersAreNoGood() {
        isNoGood(List.of("Bearer a", "Bearer a"));
        isNoGood(List.of("Basic YTpi", "Bearer a"));
        isNoGood(List.of("DPoP a", "Bearer a"));
    }

    private static void isNoGood(List<String> headers) {
        assertThatThrownBy(() -> PresentedToken.of(headers))
                .isInstanceOfSatisfying(
                        RegistrationRefused.class,
                        refused -> assertThat(refused.error()).isInstanceOf(InvalidToken.class));
    }
}
