package dev.dcr.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A client that holds a key and makes DPoP proofs with it (RFC 9449 §4.2), right or wrong. */
final class Proof {
    static final String TOKEN = "token";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final URI ADDRESS = URI.create("https://dcr.example/register/abc");

    final ECKey key = generate();
    String type = "dpop+jwt";
    JWK shown = key.toPublicJWK();
    ECKey signing = key;

    final Map<String, Object> claims = new HashMap<>(Map.of(
            "htm", "PUT",
            "htu", ADDRESS.toString(),
            "iat", NOW.getEpochSecond(),
            "jti", "one",
            "ath", TokenDigest.of(TOKEN).hash()));

    Proof with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    Proof without(String claim) {
        claims.remove(claim);
        return this;
    }

    String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    DpopProof make() {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type));
        if (shown != null) header.jwk(shown);
        var jws = new JWSObject(header.build(), new Payload(claims));
        try {
            jws.sign(new ECDSASigner(signing));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return new DpopProof(jws.serialize(), "PUT", ADDRESS);
    }

    static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
