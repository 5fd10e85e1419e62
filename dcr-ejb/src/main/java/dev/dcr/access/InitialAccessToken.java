package dev.dcr.access;

import dev.dcr.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A token that lets its holder register so many clients until it expires (RFC 7591 §1.2). */
@Entity
@Table(name = "initial_access_token")
class InitialAccessToken {
    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "uses_left")
    private int usesLeft;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    private String policy;

    protected InitialAccessToken() {}

    InitialAccessToken(TokenDigest digest, int uses, Instant issuedAt, Instant expiresAt, JsonObject policy) {
        this.tokenHash = digest.hash();
        this.usesLeft = uses;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
        this.policy = policy.isEmpty() ? null : policy.toString();
    }

    boolean isGoodAt(Instant now) {
        return usesLeft > 0 && expiresAt.isAfter(now);
    }

    JsonObject policy() {
        return policy == null ? JsonObject.EMPTY_JSON_OBJECT : StrictJson.object(policy);
    }
}
