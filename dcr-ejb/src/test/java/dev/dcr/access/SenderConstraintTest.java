package dev.dcr.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.X509CertUtils;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.json.StrictJson;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderConstraintTest {
    private static final X509Certificate CERTIFICATE = TestCertificate.of("CN=client");
    private static final String X5T =
            X509CertUtils.computeSHA256Thumbprint(CERTIFICATE).toString();

    private final SenderConstraint constraint = new SenderConstraint();
    private final Proof proof = new Proof();

    @BeforeEach
    void setUp() {
        constraint.proofs = new DpopProofs();
        constraint.proofs.replays = new RememberedProofs();
        constraint.proofs.clock = Clock.fixed(Proof.NOW, ZoneOffset.UTC);
    }

    @Test
    void aTokenThatIsBoundToNothingIsABearerToken() {
        admits("{}", Optional.empty(), Optional.empty());
        admits("{}", Optional.empty(), Optional.of(CERTIFICATE));
    }

    @Test
    @DisplayName("RFC 8705 §3.1: a token that is bound to a certificate takes that certificate")
    void aCertificateBoundTokenTakesItsCertificate() {
        var claims = "{'cnf': {'x5t#S256': '" + X5T + "'}}";
        admits(claims, Optional.empty(), Optional.of(CERTIFICATE));
        refuses(claims, Optional.empty(), Optional.empty());
        refuses(claims, Optional.empty(), Optional.of(TestCertificate.of("CN=client")));
    }

    @Test
    @DisplayName("RFC 9449 §7.1: a token that is bound to a key takes a proof of that key")
    void aKeyBoundTokenTakesAProof() {
        var claims = "{'cnf': {'jkt': '" + proof.thumbprint() + "'}}";
        refuses(claims, Optional.empty(), Optional.of(CERTIFICATE));
        assertThatThrownBy(() -> require(claims, Optional.of(new Proof().make()), Optional.empty()))
                .isInstanceOf(RegistrationRefused.class);
        admits(claims, Optional.of(proof.make()), Optional.empty());
    }

    @Test
    void aTokenThatIsBoundTwiceTakesBoth() {
        var claims = "{'cnf': {'jkt': '" + proof.thumbprint() + "', 'x5t#S256': '" + X5T + "'}}";
        refuses(claims, Optional.of(proof.make()), Optional.empty());
        refuses(claims, Optional.empty(), Optional.of(CERTIFICATE));
        admits(claims, Optional.of(proof.make()), Optional.of(CERTIFICATE));
    }

    @Test
    @DisplayName("RFC 9449 §7.1: the DPoP scheme is for tokens that are bound to a key")
    void aProofMakesNoBearerTokenBetter() {
        refuses("{}", Optional.of(proof.make()), Optional.empty());
        refuses("{'cnf': {'x5t#S256': '" + X5T + "'}}", Optional.of(proof.make()), Optional.of(CERTIFICATE));
    }

    @ParameterizedTest
    @DisplayName("RFC 7800 §3.1: whatever else a token is bound to, nobody has shown")
    @ValueSource(
            strings = {
                "{}",
                "null",
                "'x'",
                "[]",
                "{'jwk': {}}",
                "{'kid': 'x'}",
                "{'x5t#S256': 1}",
                "{'x5t#S256': null}",
                "{'x5t#S256': ''}",
                "{'jkt': ''}"
            })
    void aStrangeBindingIsRefused(String cnf) {
        refuses("{'cnf': " + cnf + "}", Optional.empty(), Optional.empty());
        refuses("{'cnf': " + cnf + "}", Optional.empty(), Optional.of(CERTIFICATE));
    }

    private void admits(String claims, Optional<DpopProof> shown, Optional<X509Certificate> certificate) {
        assertThatCode(() -> require(claims, shown, certificate)).doesNotThrowAnyException();
    }

    private void refuses(String claims, Optional<DpopProof> shown, Optional<X509Certificate> certificate) {
        assertThatThrownBy(() -> require(claims, shown, certificate))
                .isInstanceOfSatisfying(
                        RegistrationRefused.class,
                        refused -> assertThat(refused.error()).isEqualTo(InvalidToken.NO_GOOD));
    }

    private void require(String claims, Optional<DpopProof> shown, Optional<X509Certificate> certificate) {
        constraint.require(
                Proof.TOKEN,
                StrictJson.object(claims.replace('\'', '"')),
                new Credentials(Optional.of(Proof.TOKEN), shown, certificate));
    }
}
