package dev.dcr.registration;

import dev.dcr.access.TokenDigest;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A client as it is kept: metadata as JSON, its token as a hash, its secret encrypted. */
@Entity
@Table(name = "client")
public class RegisteredClient implements Cloneable {
    @Id
    @Column(name = "client_id")
    private String clientId;

    @JdbcTypeCode(SqlTypes.JSON)
    private String metadata;

    @Column(name = "software_statement")
    private String softwareStatement;

    @Column(name = "software_id")
    private String softwareId;

    /** Set where one piece of software may have one client only; unique in the database. */
    @Column(name = "exclusive_software")
    private String exclusiveSoftware;

    /** The software that the client counts for, if any is counted, and which of its clients it is; unique together. */
    @Column(name = "counted_software")
    private String countedSoftware;

    @Column(name = "software_number")
    private Integer softwareNumber;

    @Column(name = "registration_policy")
    @JdbcTypeCode(SqlTypes.JSON)
    private String policy;

    @Column(name = "registration_token_hash")
    private String tokenHash;

    @Column(name = "client_secret")
    private String sealedSecret;

    @Column(name = "client_secret_expires_at")
    private Instant secretExpiresAt;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    /** When the client was last managed; noted now and then, where clients expire. That makes no version, so updates leave it alone. */
    @Column(name = "last_used_at", updatable = false)
    private Instant lastUsedAt;

    /** Since when its owner is to be heard of, lest it is deleted. */
    @Column(name = "expiring_since")
    private Instant expiringSince;

    /** When to look again whether it has expired; updates leave it alone, too. */
    @Column(name = "due_at", updatable = false)
    private Instant dueAt;

    @Version
    private long version;

    protected RegisteredClient() {}

    RegisteredClient(String clientId, Instant issuedAt) {
        this.clientId = clientId;
        this.issuedAt = issuedAt;
    }

    /** The client as it is now, for changes that this one does not share. */
    RegisteredClient copy() {
        try {
            return (RegisteredClient) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The client now says this about itself. */
    void describe(ClientMetadata described, Instant now) {
        this.metadata = described.json().toString();
        this.softwareId = described.string("software_id").orElse(null);
        this.changedAt = now;
        this.expiringSince = null;
    }

    /**
     * The client is bound by this statement from now on.
     *
     * @param exclusive whether it is to be the only living client of its software
     */
    void bind(SoftwareStatement statement, boolean exclusive) {
        this.softwareStatement = statement.compact();
        this.exclusiveSoftware = exclusive ? statement.software().orElse(null) : null;
    }

    /** From now on the client is one of those that its software is answerable for. */
    void countFor(String software) {
        this.countedSoftware = software;
    }

    /** The client is this one of its software's. */
    void isNumbered(int number) {
        this.softwareNumber = number;
    }

    /** When to look first whether the client has expired. */
    void isDue(Instant due) {
        this.dueAt = due;
    }

    /** The initial access token that registered the client allows it these values, by member name, for good. */
    void limitTo(JsonObject allowed) {
        this.policy = allowed.isEmpty() ? null : allowed.toString();
    }

    /** From now on this token manages the client, and no other. */
    void issueToken(TokenDigest token) {
        this.tokenHash = token.hash();
    }

    /** From now on this is the client's secret. */
    void issueSecret(SealedSecret secret) {
        this.sealedSecret = secret.sealed();
        this.secretExpiresAt = secret.expiresAt().orElse(null);
    }

    /** The client authenticates without a secret from now on. */
    void dropSecret() {
        this.sealedSecret = null;
        this.secretExpiresAt = null;
    }

    String clientId() {
        return clientId;
    }

    ClientMetadata metadata() {
        return new ClientMetadata(StrictJson.object(metadata));
    }

    Optional<String> softwareStatement() {
        return Optional.ofNullable(softwareStatement);
    }

    Optional<String> exclusiveSoftware() {
        return Optional.ofNullable(exclusiveSoftware);
    }

    Optional<String> countedSoftware() {
        return Optional.ofNullable(countedSoftware);
    }

    /** Whether the client counts for its software and has no number yet. */
    boolean isUncounted() {
        return countedSoftware != null && softwareNumber == null;
    }

    Optional<SealedSecret> secret() {
        return Optional.ofNullable(sealedSecret)
                .map(kept -> new SealedSecret(kept, Optional.ofNullable(secretExpiresAt)));
    }

    Optional<TokenDigest> token() {
        return Optional.ofNullable(tokenHash).map(TokenDigest::new);
    }

    JsonObject policy() {
        return policy == null ? JsonObject.EMPTY_JSON_OBJECT : StrictJson.object(policy);
    }

    Instant issuedAt() {
        return issuedAt;
    }

    Instant changedAt() {
        return changedAt;
    }

    Optional<Instant> lastUsedAt() {
        return Optional.ofNullable(lastUsedAt);
    }

    Optional<Instant> expiringSince() {
        return Optional.ofNullable(expiringSince);
    }

    /** When the client expires if nothing is heard of it; empty for never. */
    Optional<Instant> expiry(ExpiryConfig config) {
        var used = lastUsedAt == null || changedAt.isAfter(lastUsedAt) ? changedAt : lastUsedAt;
        return config.expiry(used, changedAt);
    }

    /** Whether a use of the client now goes without saying, for one that was noted lately. */
    boolean wasUsedSince(Instant time) {
        return lastUsedAt != null && !lastUsedAt.isBefore(time);
    }

    long version() {
        return version;
    }
}
