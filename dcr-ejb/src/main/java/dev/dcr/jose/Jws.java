package dev.dcr.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonObject;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A signed JWT in compact form (RFC 7515 §3.1, RFC 7519), parsed and not yet believed. Its header only chooses among
 * the keys of a set that was configured or vouched for: {@code jku}, {@code x5u}, {@code x5c} and {@code jwk} are never
 * followed. Only a proof of possession, whose key is known by other means, has its {@link #ownKey} asked for.
 */
public final class Jws {
    private static final String APPLICATION = "application/";
    private static final int MOST_KEYS_TRIED = 8;
    private static final DefaultJWSVerifierFactory VERIFIERS = new DefaultJWSVerifierFactory();

    private final JWSObject signed;
    private final JsonObject claims;

    private Jws(JWSObject signed, JsonObject claims) {
        this.signed = signed;
        this.claims = claims;
    }

    /**
     * @throws MalformedJwt if this is no JWS in compact form with a JSON object as payload; {@code alg: none} is none
     */
    public static Jws parse(String compact) {
        try {
            var signed = JWSObject.parse(compact);
            return new Jws(signed, StrictJson.object(signed.getPayload().toBytes()));
        } catch (ParseException | IllegalArgumentException e) {
            throw new MalformedJwt("is not a signed JWT in compact form");
        } catch (MalformedJson e) {
            throw new MalformedJwt("has a payload that " + e.getMessage());
        }
    }

    /** The payload; only {@link #isSignedBy} says whether to believe it. */
    public JsonObject claims() {
        return claims;
    }

    /** {@code alg} of the header. */
    public String algorithm() {
        return signed.getHeader().getAlgorithm().getName();
    }

    /** Whether {@code typ} of the header is this media type, with or without {@code application/} (RFC 7515 §4.1.9). */
    public boolean isOfType(String type) {
        var named = signed.getHeader().getType();
        return named != null && shortened(named.getType()).equals(shortened(type));
    }

    private static String shortened(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(APPLICATION) ? lower.substring(APPLICATION.length()) : lower;
    }

    /** {@code jwk} of the header: the key that the signer says is his, which proves nothing about who he is. */
    public Optional<JWK> ownKey() {
        return Optional.ofNullable(signed.getHeader().getJWK());
    }

    /**
     * Whether a key of the set made the signature. Looks the set up anew, at a bounded rate, where it lacks the key.
     *
     * @throws KeySourceException if the set cannot be had
     */
    public boolean isSignedBy(JWKSource<SecurityContext> keys) throws KeySourceException {
        return candidates(keys).stream().limit(MOST_KEYS_TRIED).anyMatch(this::isSignedBy);
    }

    private List<JWK> candidates(JWKSource<SecurityContext> keys) throws KeySourceException {
        var matcher = JWKMatcher.forJWSHeader(signed.getHeader());
        return matcher == null ? List.of() : keys.get(new JWKSelector(matcher), null);
    }

    /** Whether this key made the signature. */
    public boolean isSignedBy(JWK key) {
        try {
            return key instanceof OctetKeyPair pair
                    ? signed.verify(new Ed25519Verifier(pair.toPublicJWK()))
                    : key instanceof AsymmetricJWK asymmetric && signed.verify(verifier(asymmetric));
        } catch (JOSEException e) {
            return false; // a key that does not fit the algorithm made no signature with it
        }
    }

    private com.nimbusds.jose.JWSVerifier verifier(AsymmetricJWK key) throws JOSEException {
        JWSHeader header = signed.getHeader();
        return VERIFIERS.createJWSVerifier(header, key.toPublicKey());
    }
}
