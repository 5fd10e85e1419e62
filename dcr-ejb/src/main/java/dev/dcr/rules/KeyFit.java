package dev.dcr.rules;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.dcr.metadata.Jose;
import java.util.Set;

/** Which public key goes with which algorithm (RFC 7518 §3.1 and §4.1, RFC 8037 §3, RFC 8812 §3, RFC 9864 §2). */
final class KeyFit {
    private static final Set<Curve> AGREEMENT = Set.of(Curve.X25519, Curve.X448);

    private KeyFit() {}

    /** Whether the algorithm can be used with the key. */
    static boolean fits(JWK key, String algorithm) {
        if (key instanceof RSAKey) return algorithm.startsWith("RS") || algorithm.startsWith("PS");
        if (key instanceof ECKey ec) return fitsCurve(ec.getCurve(), algorithm);
        return key instanceof OctetKeyPair pair && fitsOctets(pair.getCurve(), algorithm);
    }

    /** Whether the key can be used with the algorithm and says nothing to the contrary. */
    static boolean isUsable(JWK key, String algorithm) {
        var use = isSignature(algorithm) ? KeyUse.SIGNATURE : KeyUse.ENCRYPTION;
        var own = key.getAlgorithm();
        return fits(key, algorithm)
                && (key.getKeyUse() == null || key.getKeyUse().equals(use))
                && (own == null || isSame(own.getName(), algorithm));
    }

    /** Whether a key that is meant for the one is named an algorithm of the other. */
    static boolean contradicts(KeyUse use, String algorithm) {
        return isSignature(algorithm) ? KeyUse.ENCRYPTION.equals(use) : KeyUse.SIGNATURE.equals(use);
    }

    /** Whether signatures can be checked with the key. */
    static boolean canSign(JWK key) {
        var agrees = key instanceof OctetKeyPair pair && AGREEMENT.contains(pair.getCurve());
        return !agrees
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getAlgorithm() == null || isSignature(key.getAlgorithm().getName()));
    }

    private static boolean isSignature(String algorithm) {
        return Jose.isSignature(algorithm);
    }

    /** RFC 9864 §2.2: Ed25519 and Ed448 are what EdDSA stood for. */
    private static boolean isSame(String own, String wanted) {
        if (own.equals("EdDSA") || wanted.equals("EdDSA")) return isEdwards(own) && isEdwards(wanted);
        return own.equals(wanted);
    }

    private static boolean isEdwards(String algorithm) {
        return algorithm.startsWith("Ed");
    }

    private static boolean fitsCurve(Curve curve, String algorithm) {
        if (algorithm.startsWith("ECDH-ES")) return !curve.equals(Curve.SECP256K1);
        return switch (algorithm) {
            case "ES256" -> curve.equals(Curve.P_256);
            case "ES384" -> curve.equals(Curve.P_384);
            case "ES512" -> curve.equals(Curve.P_521);
            case "ES256K" -> curve.equals(Curve.SECP256K1);
            default -> false;
        };
    }

    private static boolean fitsOctets(Curve curve, String algorithm) {
        if (algorithm.startsWith("ECDH-ES")) return AGREEMENT.contains(curve);
        return switch (algorithm) {
            case "EdDSA" -> !AGREEMENT.contains(curve);
            case "Ed25519" -> curve.equals(Curve.Ed25519);
            case "Ed448" -> curve.equals(Curve.Ed448);
            default -> false;
        };
    }
}
