package dev.dcr.audit;

import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One change of one client: who, what, when, and the metadata before and after. Written once, never changed. */
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

    @Column(name = "client_id")
    private String clientId;

    @Column(name = "metadata_before")
    @JdbcTypeCode(SqlTypes.JSON)
    private String before;

    @Column(name = "metadata_after")
    @JdbcTypeCode(SqlTypes.JSON)
    private String after;

    protected AuditEntry() {}

    AuditEntry(Change change, Instant occurredAt) {
        this.occurredAt = occurredAt;
        this.correlationId = change.correlationId();
        this.sourceAddress = change.sourceAddress();
        this.actor = change.actor();
        this.action = change.action().name().toLowerCase(Locale.ROOT);
        this.clientId = change.clientId();
        this.before = text(change.before());
        this.after = text(change.after());
    }

    private static String text(Optional<JsonObject> metadata) {
        return metadata.map(JsonObject::toString).orElse(null);
    }
}
