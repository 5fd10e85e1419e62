package dev.dcr.access;

import com.nimbusds.jose.util.X509CertUtils;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * Whether the caller is the one that an access token was issued to: {@code cnf} (RFC 7800 §3.1) names the key that it
 * must hold, by the thumbprint of its certificate (RFC 8705 §3.1) or of the key itself (RFC 9449 §6.1).
 */
@ApplicationScoped
class SenderConstraint {
    private static final String CERTIFICATE = "x5t#S256";
    private static final String KEY = "jkt";

    @Inject
    DpopProofs proofs;

    /**
     * @param claims of the token, or what introspection tells of it
     * @throws RegistrationRefused unless the caller has shown every key that the token is bound to. RFC 9449 §7.1: a
     *                             proof is for a token that is bound by {@code jkt}, and such a token is no bearer token
     */
    void require(String token, JsonObject claims, Credentials credentials) {
        var bound = claims.getOrDefault("cnf", JsonValue.EMPTY_JSON_OBJECT);
        if (!(bound instanceof JsonObject confirmation) || isStrange(confirmation, claims.containsKey("cnf")))
            throw noGood();
        if (confirmation.containsKey(CERTIFICATE) && !thumbprint(credentials).equals(text(confirmation, CERTIFICATE)))
            throw noGood();
        if (confirmation.containsKey(KEY) != credentials.proof().isPresent()) throw noGood();
        if (credentials.proof().isPresent())
            proofs.accept(
                    credentials.proof().get(), token, text(confirmation, KEY).orElseThrow(SenderConstraint::noGood));
    }

    /** A key that is named in a way unknown here is one that nobody has shown. */
    private static boolean isStrange(JsonObject confirmation, boolean present) {
        return present && confirmation.isEmpty()
                || confirmation.keySet().stream().anyMatch(member -> !member.equals(CERTIFICATE) && !member.equals(KEY))
                || confirmation.values().stream().anyMatch(value -> !(value instanceof JsonString));
    }

    /** Never that of no certificate: an absent one equals no thumbprint, as {@link #isStrange} leaves only strings. */
    private static Optional<String> thumbprint(Credentials credentials) {
        return credentials
                .certificate()
                .map(certificate ->
                        X509CertUtils.computeSHA256Thumbprint(certificate).toString());
    }

    private static Optional<String> text(JsonObject confirmation, String member) {
        return Optional.ofNullable(confirmation.getString(member, null));
    }

    private static RegistrationRefused noGood() {
        return new RegistrationRefused(InvalidToken.NO_GOOD);
    }
}
