package dev.dcr.registration;

import dev.dcr.access.Caller;
import dev.dcr.audit.AuditTrail;
import dev.dcr.audit.Change;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockOptions;
import org.hibernate.jpa.SpecHints;
import org.jboss.logging.Logger;

/**
 * Deletes clients that nobody seems to need any more ({@code dcr.expiry}), in batches that nodes share. Each client carries
 * the time at which it is next looked at; what is to become of it is found out then, from what is known then.
 */
@Stateless
public class Expiry {
    /** Few enough that who wants to change one of them does not wait long. */
    static final int BATCH = 100;

    private static final Logger LOG = Logger.getLogger(Expiry.class);
    private static final Caller ACTOR = new Caller.ServerItself("expiry");

    @PersistenceContext
    EntityManager entities;

    @EJB
    AuditTrail trail;

    @Inject
    ExpiryConfig config;

    @Inject
    ClientMeters meters;

    @Inject
    Clock clock;

    /** Notes that a client is managed now. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void noteUse(String clientId) {
        entities.createQuery("update RegisteredClient client set client.lastUsedAt = :now where client.clientId = :id")
                .setParameter("now", clock.instant())
                .setParameter("id", clientId)
                .executeUpdate();
    }

    /**
     * Takes in a batch of clients from times without expiry. How long they were not used is not known; it counts from now.
     *
     * @return how many; fewer than {@link #BATCH} if there are no more
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int takeIn() {
        var now = clock.instant();
        var clients = locked(entities.createQuery(
                "select client from RegisteredClient client where client.dueAt is null", RegisteredClient.class));
        for (var client : clients) {
            var due = config.expiry(client.lastUsedAt().orElse(now), client.changedAt());
            keep(client, due.orElseThrow());
        }
        return clients.size();
    }

    /**
     * Looks at a batch of clients whose time has come: announces that they expire, and deletes those of which that was
     * announced a grace period ago and nothing was heard since.
     *
     * @return how many; fewer than {@link #BATCH} if there are no more
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int attend() {
        var now = clock.instant();
        var origin = new Origin(UUID.randomUUID().toString(), "server");
        var clients = locked(entities.createQuery(
                        "select client from RegisteredClient client where client.dueAt < :now order by client.dueAt",
                        RegisteredClient.class)
                .setParameter("now", now));
        var changes = clients.stream()
                .flatMap(client -> attend(client, now, origin).stream())
                .toList();
        if (!changes.isEmpty()) trail.record(changes);
        return clients.size();
    }

    private Optional<Change> attend(RegisteredClient client, Instant now, Origin origin) {
        var expiry = client.expiry(config).orElseThrow();
        if (client.expiringSince().filter(since -> !expiry.isAfter(since)).isPresent()) {
            delete(client);
            return Optional.of(Changes.deleted(client, ACTOR, origin));
        }
        if (expiry.isAfter(now)) {
            keep(client, expiry);
            return Optional.empty();
        }
        var end = now.plus(config.grace());
        announce(client, now, end);
        return Optional.of(Changes.expiring(client, end, ACTOR, origin));
    }

    /** Others may not change the client now, since its row is locked. */
    private void delete(RegisteredClient client) {
        entities.remove(client);
        meters.expired("deleted");
        LOG.infof("client %s is deleted: it has expired", client.clientId());
    }

    private void announce(RegisteredClient client, Instant now, Instant end) {
        entities.createQuery("update RegisteredClient client set client.dueAt = :due, client.expiringSince = :now"
                        + " where client.clientId = :id")
                .setParameter("due", end)
                .setParameter("now", now)
                .setParameter("id", client.clientId())
                .executeUpdate();
        meters.expired("announced");
        LOG.infof("client %s expires: it will be deleted at %s unless it is heard of", client.clientId(), end);
    }

    private void keep(RegisteredClient client, Instant due) {
        entities.createQuery("update RegisteredClient client set client.dueAt = :due, client.expiringSince = null"
                        + " where client.clientId = :id")
                .setParameter("due", due)
                .setParameter("id", client.clientId())
                .executeUpdate();
    }

    private static List<RegisteredClient> locked(TypedQuery<RegisteredClient> query) {
        return query.setMaxResults(BATCH)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, LockOptions.SKIP_LOCKED)
                .getResultList();
    }
}
