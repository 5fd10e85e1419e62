package dev.dcr.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.UUID;

/**
 * A private key and the one algorithm it signs with.
 *
 * @param jwk the pair, with a {@code kid}
 */
public record SigningKey(JWK jwk, JWSAlgorithm algorithm) {

    /**
     * Makes a new pair with a random {@code kid}.
     *
     * @param algorithm PS256, RS256, ES256 or a larger one of these families
     */
    public static SigningKey generate(JWSAlgorithm algorithm) {
        var kid = UUID.randomUUID().toString();
        try {
            return new SigningKey(
                    JWSAlgorithm.Family.EC.contains(algorithm)
                            ? new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm)
                                            .iterator()
                                            .next())
                                    .keyUse(KeyUse.SIGNATURE)
                                    .keyID(kid)
                                    .generate()
                            : new RSAKeyGenerator(2048)
                                    .keyUse(KeyUse.SIGNATURE)
                                    .keyID(kid)
                                    .generate(),
                    algorithm);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("no key can be made for " + algorithm, e);
        }
    }

    /** {@code kid}. */
    public String id() {
        return jwk.getKeyID();
    }

    /** The public half in X.509 form: what a confused verifier takes for an HMAC secret. */
    byte[] publicBytes() {
        try {
            return ((AsymmetricJWK) jwk).toPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException("our own key has a public half", e);
        }
    }

    /** The compact JWS of this payload. */
    String sign(JWSHeader header, String payload) {
        return sign(header, payload, this::signer);
    }

    static String sign(JWSHeader header, String payload, SignerSource signer) {
        var jws = new JWSObject(header, new Payload(payload));
        try {
            jws.sign(signer.get());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("not signable with " + header.getAlgorithm(), e);
        }
        return jws.serialize();
    }

    private JWSSigner signer() throws JOSEException {
        return jwk instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(jwk.toRSAKey());
    }

    /** Makes a signer, or cannot. */
    @FunctionalInterface
    interface SignerSource {
        JWSSigner get() throws JOSEException;
    }
}
