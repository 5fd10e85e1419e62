package dev.dcr.replay;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationRefused;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;

/** Lets each {@code jti} through once, on all nodes: the database's unique key decides. */
@Stateless
public class ReplayGuard {
    private static final Logger LOG = Logger.getLogger(ReplayGuard.class);

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
     * @throws RegistrationRefused with what {@link Jti#replayed} says, if it was spent before
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void spend(Jti jti) {
        if (!isFirst(jti)) throw replayed(jti);
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
     * @throws RegistrationRefused with what {@link Jti#replayed} says, if it was spent before
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void refuseSpent(Jti jti) {
        if (entities.find(SpentJti.class, new SpentJti.Key(jti.issuer(), jti.id())) != null) throw replayed(jti);
    }

    private static RegistrationRefused replayed(Jti jti) {
        return RegistrationRefused.rejecting(jti.replayed());
    }

    /** Forgets identifiers whose requests have expired; several nodes may do so at once. */
    @Schedule(hour = "*", minute = "*/10", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void sweep() {
        while (self.forgetExpired() == ExpiredRows.BATCH) LOG.debug("forgot a batch of identifiers");
    }

    /** Forgets a batch of them, see {@link ExpiredRows}. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int forgetExpired() {
        return ExpiredRows.deleteBatch(entities, SpentJti.class, clock.instant());
    }
}
