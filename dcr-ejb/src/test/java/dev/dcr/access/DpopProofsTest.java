package dev.dcr.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.error.RegistrationError.InvalidDpopProof;
import dev.dcr.error.RegistrationRefused;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §4.3, "Checking DPoP Proofs". */
class DpopProofsTest {
    private final RememberedProofs replays = new RememberedProofs();
    private final DpopProofs proofs = new DpopProofs();
    private final Proof proof = new Proof();

    @BeforeEach
    void setUp() {
        proofs.replays = replays;
        proofs.clock = Clock.fixed(Proof.NOW, ZoneOffset.UTC);
    }

    @Test
    void acceptsAProofOfTheKeyOnceAndNoMore() {
        accepts(proof);
        refuses(proof, "used before");
        accepts(proof.with("jti", "two"));
    }

    @Test
    void remembersAProofForAsLongAsItIsGood() {
        accepts(proof.with("iat", Proof.NOW.minusSeconds(20).getEpochSecond()));
        assertThat(replays.spent.values())
                .singleElement()
                .satisfies(jti -> assertThat(jti.expiresAt()).isEqualTo(Proof.NOW.plusSeconds(70)));
    }

    @Test
    void aRefusedProofIsNotSpent() {
        refuses(proof.with("htm", "GET"), "htm");
        assertThat(replays.spent).isEmpty();
        accepts(proof.with("htm", "PUT"));
    }

    @Test
    @DisplayName("1 and 2: a well-formed JWT")
    void refusesWhatIsNoJwt() {
        assertThatThrownBy(() ->
                        proofs.accept(new DpopProof("nonsense", "PUT", Proof.ADDRESS), Proof.TOKEN, proof.thumbprint()))
                .isInstanceOf(RegistrationRefused.class);
    }

    @ParameterizedTest
    @DisplayName("3: all required claims")
    @ValueSource(strings = {"htm", "htu", "iat", "jti", "ath"})
    void refusesAMissingClaim(String claim) {
        refuses(proof.without(claim), claim);
    }

    @Test
    @DisplayName("4: typ")
    void refusesAnotherType() {
        proof.type = "JWT";
        refuses(proof, "typ");
    }

    @Test
    @DisplayName("5 and 6: signed by the key in its header")
    void refusesAForgedSignature() {
        proof.signing = Proof.generate();
        refuses(proof, "signature");
        proof.shown = null;
        refuses(proof, "jwk");
    }

    @Test
    @DisplayName("12: a key other than the token's is not even tried")
    void refusesAnotherKeyBeforeItsSignature() {
        proof.shown = Proof.generate().toPublicJWK();
        refuses(proof, "not the key that the token is bound to");
    }

    @Test
    @DisplayName("9: an address without a host is that of no proof")
    void refusesAProofAtAnAddressOfNoForm() {
        var made = proof.with("htu", "http://a_b/register/abc").make();
        var odd = new DpopProof(made.compact(), "PUT", URI.create("http://a_b/register/abc"));
        assertThatThrownBy(() -> proofs.accept(odd, Proof.TOKEN, proof.thumbprint()))
                .isInstanceOf(RegistrationRefused.class)
                .hasMessageContaining("htu");
    }

    @ParameterizedTest
    @DisplayName("8 and 9: this request")
    @CsvSource({
        "htm, GET",
        "htm, put",
        "htu, https://dcr.example/register/abd",
        "htu, https://dcr.example/register",
        "htu, http://dcr.example/register/abc",
        "htu, https://other.example/register/abc",
        "htu, https://dcr.example:8443/register/abc",
        "htu, /register/abc",
        "htu, not a uri"
    })
    void refusesAProofForAnotherRequest(String claim, String value) {
        refuses(proof.with(claim, value), claim);
    }

    @ParameterizedTest
    @DisplayName("9: query and fragment ignored, URIs normalised")
    @ValueSource(
            strings = {
                "https://dcr.example/register/abc?dry_run=true#x",
                "HTTPS://DCR.example:443/register/abc",
                "https://dcr.example/register/x/../abc"
            })
    void comparesTheAddressAfterNormalisation(String htu) {
        accepts(proof.with("htu", htu));
    }

    @Test
    @DisplayName("11: fresh")
    void refusesAProofOfAnotherTime() {
        refuses(proof.with("iat", Proof.NOW.minusSeconds(91).getEpochSecond()), "iat");
        refuses(proof.with("iat", Proof.NOW.plusSeconds(31).getEpochSecond()), "iat");
        refuses(proof.with("iat", "now"), "iat");
        accepts(proof.with("iat", Proof.NOW.minusSeconds(89).getEpochSecond()));
    }

    @Test
    @DisplayName("12: this token, and its key")
    void refusesAProofForAnotherToken() {
        refuses(proof.with("ath", TokenDigest.of("another").hash()), "ath");
        assertThatThrownBy(() -> proofs.accept(new Proof().make(), Proof.TOKEN, proof.thumbprint()))
                .hasMessageContaining("not the key");
    }

    private void accepts(Proof accepted) {
        assertThatCode(() -> proofs.accept(accepted.make(), Proof.TOKEN, accepted.thumbprint()))
                .doesNotThrowAnyException();
    }

    private void refuses(Proof refused, String why) {
        assertThatThrownBy(() -> proofs.accept(refused.make(), Proof.TOKEN, refused.thumbprint()))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        RegistrationRefused.class, e -> assertThat(e.error()).isInstanceOf(InvalidDpopProof.class));
    }
}
