package dev.dcr.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.dcr.fuzz.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Compact JWTs are refused in a word fit to tell, or parsed; none of them is signed by a key that signed nothing. */
public final class JwsFuzz {
    private static final List<JWK> UNUSED = unused();

    private JwsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var jws = Jws.parse(new String(input, UTF_8));
            Property.holds(!"none".equals(jws.algorithm()), "an unsecured JWT is none that is signed");
            jws.isOfType("dpop+jwt");
            jws.ownKey();
            new TimeClaims(jws.claims(), Instant.EPOCH, Duration.ofSeconds(60))
                    .check((claim, wrong) -> Property.fitToTell(claim + " " + wrong));
            for (var key : UNUSED) Property.holds(!jws.isSignedBy(key), "nobody has signed with this key");
        } catch (MalformedJwt refused) {
            Property.fitToTell(refused.getMessage());
        }
    }

    private static List<JWK> unused() {
        try {
            return List.of(
                    new RSAKeyGenerator(2048).keyID("one").generate(),
                    new ECKeyGenerator(Curve.P_256).keyID("one").generate(),
                    new ECKeyGenerator(Curve.P_521).keyID("one").generate());
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
