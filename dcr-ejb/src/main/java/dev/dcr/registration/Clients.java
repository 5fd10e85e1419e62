package dev.dcr.registration;

import static java.util.Comparator.comparing;

import dev.dcr.access.InitialAccessTokens;
import dev.dcr.access.TokenDigest;
import dev.dcr.audit.AuditTrail;
import dev.dcr.error.RegistrationError.Conflict;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.error.Violation;
import dev.dcr.replay.Jti;
import dev.dcr.replay.ReplayGuard;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The clients in the database. A change is there with its audit entry, the spent {@code jti}s and the spent initial access
 * token, or nothing of it is. Races are for the database to decide.
 */
@Stateless
public class Clients {
    @PersistenceContext
    EntityManager entities;

    @EJB
    ReplayGuard replays;

    @EJB
    InitialAccessTokens initialTokens;

    @EJB
    SoftwareQuota quota;

    @EJB
    AuditTrail trail;

    /** The client, as it is now; the object is a copy that nobody else changes. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<RegisteredClient> find(String clientId) {
        // PostgreSQL has no such character; a path may
        if (clientId.indexOf('\0') >= 0) return Optional.empty();
        return Optional.ofNullable(entities.find(RegisteredClient.class, clientId));
    }

    /** The client that a registration access token manages. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<RegisteredClient> findBy(TokenDigest token) {
        return entities.createQuery(
                        "select client from RegisteredClient client where client.tokenHash = :hash",
                        RegisteredClient.class)
                .setParameter("hash", token.hash())
                .getResultStream()
                .findFirst()
                .filter(client -> client.token().filter(token::matches).isPresent());
    }

    /**
     * Carries out some writes in one commit: all of them, or none.
     *
     * @param writes each of another client
     * @return the clients that were written, in the same order
     * @throws RegistrationRefused if any of them is refused: a {@code jti} or the initial access token was spent
     *                             meanwhile, the software has its one client already or as many as it may have
     *                             ({@link Violation}), the client has changed since it was read or is gone, or others
     *                             took its place in the quota ({@link Conflict})
     */
    public List<RegisteredClient> store(List<Write> writes) {
        spendTokens(writes);
        var written = writes.stream().map(this::store).toList();
        flush(written);
        trail.record(writes.stream().map(Write::change).toList());
        return written;
    }

    private void spendTokens(List<Write> writes) {
        writes.forEach(write -> write.spent().forEach(replays::spend));
        writes.stream()
                .flatMap(write -> write.initialToken().stream())
                .sorted(comparing(TokenDigest::hash)) // whoever locks several rows locks them in one order
                .forEach(initialTokens::spend);
    }

    private RegisteredClient store(Write write) {
        if (write instanceof Write.Creation creation) return created(creation);
        if (write instanceof Write.Replacement replacement) return replaced(replacement);
        return deleted((Write.Deletion) write);
    }

    private RegisteredClient created(Write.Creation creation) {
        var client = creation.client();
        if (client.countedSoftware().isPresent()) quota.admit(client);
        entities.persist(client);
        return client;
    }

    private RegisteredClient replaced(Write.Replacement replacement) {
        var client = attached(replacement.read());
        var wasBound = client.softwareStatement().isPresent();
        replacement.event().accept(client);
        if (client.isUncounted()) count(client, wasBound);
        return client;
    }

    private RegisteredClient deleted(Write.Deletion deletion) {
        var client = attached(deletion.read());
        entities.remove(client);
        return client;
    }

    /**
     * A client to be changed or removed. It is not read once more: the change itself finds it only if its version is still
     * the one that was read.
     */
    private RegisteredClient attached(RegisteredClient read) {
        var client = read.copy();
        entities.unwrap(Session.class).lock(client, LockMode.NONE);
        return client;
    }

    /**
     * Refuses what {@link #store} would refuse at this moment, and stores nothing.
     *
     * @throws RegistrationRefused if a {@code jti} was spent, or the software has its one client already, or as many as
     *                             it may have
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void refuseToStore(RegisteredClient client, Set<Jti> spent) {
        spent.forEach(replays::refuseSpent);
        if (client.isUncounted()) quota.refuseFull(client);
        if (client.exclusiveSoftware()
                .filter(software -> hasAnotherClient(software, client))
                .isPresent()) throw alreadyRegistered();
    }

    private boolean hasAnotherClient(String software, RegisteredClient client) {
        return entities.createQuery(
                                "select count(other) from RegisteredClient other"
                                        + " where other.exclusiveSoftware = :software and other.clientId <> :id",
                                Long.class)
                        .setParameter("software", software)
                        .setParameter("id", client.clientId())
                        .getSingleResult()
                > 0;
    }

    /** Who was its software's client before is not refused an update for the number of the others. */
    private void count(RegisteredClient client, boolean wasBound) {
        if (wasBound) quota.countIn(client);
        else quota.admit(client);
    }

    private void flush(List<RegisteredClient> written) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw conflict();
        } catch (ConstraintViolationException e) {
            throw written.stream().anyMatch(client -> client.countedSoftware().isPresent())
                    ? conflict()
                    : alreadyRegistered();
        }
    }

    private static RegistrationRefused alreadyRegistered() {
        return RegistrationRefused.rejecting(Violation.statement(
                "software_statement",
                "already_registered",
                "this software has a client already; update or delete that one"));
    }

    private static RegistrationRefused conflict() {
        return new RegistrationRefused(new Conflict("the client was changed by another request at the same time"));
    }
}
