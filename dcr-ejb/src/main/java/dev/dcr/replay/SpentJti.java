package dev.dcr.replay;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A {@code jti} that was used; its primary key is the replay check. */
@Entity
@Table(name = "request_jti")
@IdClass(SpentJti.Key.class)
class SpentJti {

    /** Identifiers are unique for their issuer only. */
    record Key(String issuer, String jti) implements Serializable {}

    @Id
    private String issuer;

    @Id
    private String jti;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected SpentJti() {}

    SpentJti(Jti spent) {
        this.issuer = spent.issuer();
        this.jti = spent.id();
        this.expiresAt = spent.expiresAt();
    }
}
