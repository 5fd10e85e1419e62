package dev.dcr.audit;

import dev.dcr.json.CanonicalJson;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * One change of one client: who, what, when, and the metadata before and after. {@link AuditTrail} writes it once, here it
 * is read. The database
 * numbers events one by one: {@link Awaited} relies on it, so numbers must not be taken in advance by the block.
 */
@Entity
@Immutable
@Table(name = "audit_event")
class AuditEntry {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "correlation_id")
    private String correlationId;

    @Column(name = "source_address")
    private String sourceAddress;

    private String actor;

    private String action;

    /** Left to the column's default by who inserts: what is committed has succeeded. */
    private String outcome;

    @Column(name = "client_id")
    private String clientId;

    @Column(name = "metadata_before")
    @JdbcTypeCode(SqlTypes.JSON)
    private String before;

    @Column(name = "metadata_after")
    @JdbcTypeCode(SqlTypes.JSON)
    private String after;

    protected AuditEntry() {}

    long id() {
        return id;
    }

    Instant occurredAt() {
        return occurredAt;
    }

    /** The event as it is exported; what it has no value for is left out. */
    JsonObject json() {
        var json = StrictJson.PROVIDER
                .createObjectBuilder()
                .add("id", id)
                .add("occurred_at", occurredAt.toString())
                .add("actor", actor)
                .add("action", action)
                .add("outcome", outcome)
                .add("source_address", sourceAddress)
                .add("correlation_id", correlationId);
        if (clientId != null) json.add("client_id", clientId);
        addMetadata(json, "before", before);
        addMetadata(json, "after", after);
        return json.build();
    }

    /** The hash of the exported event, in the one form that all databases' ways of writing JSON come to. */
    String hash() {
        return Sha256.of(CanonicalJson.of(json()));
    }

    /** Somebody may have put in what this server would not read; even that has its one form. */
    private static void addMetadata(JsonObjectBuilder json, String member, String metadata) {
        if (metadata == null) return;
        try {
            json.add(member, StrictJson.object(metadata));
        } catch (MalformedJson notOurs) {
            json.add(member, metadata);
        }
    }
}
