package dev.dcr.registration;

import java.time.Instant;
import java.util.Optional;

/**
 * A client secret as the database has it.
 *
 * @param sealed    the secret, encrypted by {@link SecretCipher}
 * @param expiresAt when it ceases to be good; empty for never
 */
record SealedSecret(String sealed, Optional<Instant> expiresAt) {
    boolean isGoodAt(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isEmpty();
    }
}
