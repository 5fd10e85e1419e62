package dev.dcr.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What is kept of a bearer token: its SHA-256, which is enough to recognise a token of 256 random bits and useless to
 * whoever reads the database.
 */
public record TokenDigest(String hash) {
    private static final int TOKEN_BYTES = 32;
    private static final int HINT = 8;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** A new token: 256 random bits as 43 URL-safe characters. */
    public static String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    /** The digest of a token that was issued or presented. */
    public static TokenDigest of(String token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return new TokenDigest(BASE64.encodeToString(sha256.digest(token.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Compares in constant time. */
    public boolean matches(TokenDigest other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** The beginning of the hash, by which the audit trail names a token. */
    String hint() {
        return hash.substring(0, HINT);
    }
}
