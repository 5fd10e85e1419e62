package dev.dcr.audit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;

/** The append-only record of every change. */
@Stateless
public class AuditTrail {
    @PersistenceContext
    EntityManager entities;

    @Inject
    Clock clock;

    /** Records a change in the transaction that makes it: there is no change without its entry, and no entry without. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void record(Change change) {
        entities.persist(new AuditEntry(change, clock.instant()));
    }
}
