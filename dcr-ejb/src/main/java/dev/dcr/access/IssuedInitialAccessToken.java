package dev.dcr.access;

import java.time.Instant;

/**
 * An initial access token at the one moment when it can be seen.
 *
 * @param uses how many clients may be registered with it
 */
public record IssuedInitialAccessToken(String token, Instant expiresAt, int uses) {
    @Override
    public String toString() {
        return "IssuedInitialAccessToken[expiresAt=" + expiresAt + ", uses=" + uses + "]";
    }
}
