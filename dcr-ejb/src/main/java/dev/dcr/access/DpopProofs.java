package dev.dcr.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.dcr.error.RegistrationError.InvalidDpopProof;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.jose.Jws;
import dev.dcr.jose.MalformedJwt;
import dev.dcr.jose.TimeClaims;
import dev.dcr.replay.Jti;
import dev.dcr.replay.ReplayGuard;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Checks DPoP proofs, in the order of RFC 9449 §4.3. This server hands out no nonces. */
@ApplicationScoped
class DpopProofs {
    private static final String TYPE = "dpop+jwt";
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Duration SKEW = Duration.ofSeconds(30);

    @EJB
    ReplayGuard replays;

    @Inject
    Clock clock;

    /**
     * Accepts a proof once, on all nodes.
     *
     * @param token      the access token that it came with
     * @param thumbprint the SHA-256 thumbprint of the key that the token is bound to ({@code jkt}, RFC 7638)
     * @throws RegistrationRefused with {@link InvalidDpopProof} unless it proves that the caller holds that key
     */
    void accept(DpopProof proof, String token, String thumbprint) {
        var jwt = signedBy(thumbprint, proof);
        var claims = jwt.claims();
        require(proof.method().equals(text(claims, "htm").orElse("")), "htm must be the method of the request");
        require(isFor(proof.address(), claims), "htu must be the address of the request: " + proof.address());
        require(TokenDigest.of(token).hash().equals(text(claims, "ath").orElse("")), "ath must be the token's hash");
        var id = text(claims, "jti").filter(jti -> !jti.isBlank()).orElseThrow(() -> refused("jti is missing"));
        var jti = new Jti("dpop " + thumbprint, TokenDigest.of(id).hash(), expiry(claims));
        replays.spendAtOnce(jti, new InvalidDpopProof("the DPoP proof was used before"));
    }

    private static Jws signedBy(String thumbprint, DpopProof proof) {
        var jwt = parse(proof.compact());
        require(jwt.isOfType(TYPE), "typ must be " + TYPE);
        require(DpopProof.ALGORITHMS.contains(jwt.algorithm()), "alg must be asymmetric and known here");
        var key = jwt.ownKey().filter(jwk -> !jwk.isPrivate()).orElseThrow(() -> refused("jwk must be a public key"));
        // the cheaper question first: nobody has this server verify by keys of any kind and size
        require(thumbprint.equals(thumbprintOf(key)), "jwk is not the key that the token is bound to");
        require(jwt.isSignedBy(key), "the signature is not that of jwk");
        return jwt;
    }

    private static Jws parse(String compact) {
        try {
            return Jws.parse(compact);
        } catch (MalformedJwt e) {
            throw refused(e.getMessage());
        }
    }

    private static String thumbprintOf(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** "Ignoring any query and fragment parts", and after normalisation (RFC 3986 §6.2.2 and §6.2.3). */
    private static boolean isFor(URI address, JsonObject claims) {
        try {
            return text(claims, "htu")
                    .map(URI::create)
                    .filter(htu -> names(htu) && names(address) && normal(htu).equals(normal(address)))
                    .isPresent();
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    /** Not so where the caller's {@code Host} is of no known form, and no {@code dcr.public_base_url} stands for it. */
    private static boolean names(URI uri) {
        return uri.getScheme() != null && uri.getHost() != null;
    }

    private static String normal(URI uri) {
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var usual = scheme.equals("https") ? 443 : 80;
        var port = uri.getPort() < 0 ? usual : uri.getPort();
        var path = uri.normalize().getRawPath();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port + (path.isEmpty() ? "/" : path);
    }

    private Instant expiry(JsonObject claims) {
        var times = new TimeClaims(claims, clock.instant(), SKEW);
        times.check((claim, wrong) -> {
            throw refused(claim + " " + wrong);
        });
        var end = times.issuedAt()
                .orElseThrow(() -> refused("iat is missing"))
                .plus(LIFETIME)
                .plus(SKEW);
        require(end.isAfter(times.now()), "iat is too long ago");
        return end;
    }

    private static Optional<String> text(JsonObject claims, String claim) {
        return claims.get(claim) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw refused(otherwise);
    }

    private static RegistrationRefused refused(String why) {
        return new RegistrationRefused(new InvalidDpopProof("the DPoP proof is no good: " + why));
    }
}
