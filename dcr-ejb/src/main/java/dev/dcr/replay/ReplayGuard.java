package dev.dcr.replay;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import org.hibernate.LockOptions;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.jpa.SpecHints;
import org.jboss.logging.Logger;

/** Lets each {@code jti} through once, on all nodes: the database's unique key decides. */
@Stateless
public class ReplayGuard {
    private static final Logger LOG = Logger.getLogger(ReplayGuard.class);
    private static final int BATCH = 1000;
    /** Rows are deleted by their keys: in one statement with this, PostgreSQL reads the whole table for each batch. */
    private static final String EXPIRED =
            "select spent from SpentJti spent where spent.expiresAt < :now order by spent.expiresAt";

    @PersistenceContext
    EntityManager entities;

    @Inject
    Clock clock;

    /** This bean as others call it, by which each call is a transaction. */
    @EJB
    ReplayGuard self;

    /**
     * Spends an identifier, as part of the transaction that stores what the request asks for: if that fails, the
     * identifier stays good.
     *
     * @throws RegistrationRefused with an {@code invalid_client_metadata} if it was spent before
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void spend(Jti jti) {
        if (!isFirst(jti)) throw replayed();
    }

    /**
     * Spends an identifier whatever becomes of the request: what it protects is the request itself.
     *
     * @param spentBefore what to tell the caller if it was
     * @throws RegistrationRefused with that error
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void spendAtOnce(Jti jti, RegistrationError spentBefore) {
        if (!isFirst(jti)) throw new RegistrationRefused(spentBefore);
    }

    private boolean isFirst(Jti jti) {
        try {
            entities.persist(new SpentJti(jti));
            entities.flush();
            return true;
        } catch (ConstraintViolationException e) {
            return false;
        }
    }

    /**
     * Tells whether spending an identifier would fail now, and leaves it as it is.
     *
     * @throws RegistrationRefused with an {@code invalid_client_metadata} if it was spent before
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void refuseSpent(Jti jti) {
        if (entities.find(SpentJti.class, new SpentJti.Key(jti.issuer(), jti.id())) != null) throw replayed();
    }

    private static RegistrationRefused replayed() {
        return RegistrationRefused.rejecting(
                Violation.metadata("jti", "replayed", "jti was used before; make a new request with a new jti"));
    }

    /** Forgets identifiers whose requests have expired; several nodes may do so at once. */
    @Schedule(hour = "*", minute = "*/10", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void sweep() {
        while (self.forgetExpired() == BATCH) LOG.debug("forgot a batch of identifiers");
    }

    /**
     * Forgets a batch of them, in a transaction of its own: no lock lasts, and what another node is forgetting is left to
     * it.
     *
     * @return how many were forgotten; fewer than a batch if that was the last
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int forgetExpired() {
        entities.unwrap(Session.class).setJdbcBatchSize(BATCH);
        var expired = entities.createQuery(EXPIRED, SpentJti.class)
                .setParameter("now", clock.instant())
                .setMaxResults(BATCH)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, LockOptions.SKIP_LOCKED)
                .getResultList();
        expired.forEach(entities::remove);
        return expired.size();
    }
}
