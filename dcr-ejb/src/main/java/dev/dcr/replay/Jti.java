package dev.dcr.replay;

import dev.dcr.error.Violation;
import java.time.Instant;

/**
 * The identifier of a signed request, or of a software statement where each is for one client, good once (RFC 7519 §4.1.7).
 *
 * @param issuer    who signed it, at most 255 characters
 * @param id        the {@code jti} claim, at most 255 characters
 * @param expiresAt when what it identifies can no longer be used, and the identifier may be forgotten
 * @param bearer    what it identifies
 */
public record Jti(String issuer, String id, Instant expiresAt, Bearer bearer) {
    /** Where the claim stands. */
    public enum Bearer {
        REQUEST,
        STATEMENT
    }

    /** That of a request. */
    public Jti(String issuer, String id, Instant expiresAt) {
        this(issuer, id, expiresAt, Bearer.REQUEST);
    }

    /** What to tell who uses it again: by another request, or only by another statement, the refusal can be met. */
    Violation replayed() {
        return switch (bearer) {
            case REQUEST ->
                Violation.metadata("jti", "replayed", "jti was used before; make a new request with a new jti");
            case STATEMENT ->
                Violation.statement(
                        "software_statement.jti",
                        "replayed",
                        "software_statement has registered a client before; obtain a new one, with a new jti");
        };
    }
}
