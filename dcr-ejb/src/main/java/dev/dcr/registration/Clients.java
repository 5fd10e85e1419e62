package dev.dcr.registration;

import dev.dcr.access.Caller;
import dev.dcr.access.InitialAccessTokens;
import dev.dcr.access.TokenDigest;
import dev.dcr.audit.AuditTrail;
import dev.dcr.audit.Change;
import dev.dcr.error.RegistrationError.Conflict;
import dev.dcr.error.RegistrationError.InvalidToken;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The clients in the database. Each change is one commit: the client, its audit entry, the spent {@code jti}s and the
 * spent initial access token, or nothing of it. Races are for the database to decide.
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
    AuditTrail trail;

    /** The client, as it is now; the object is a copy that nobody else changes. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<RegisteredClient> find(String clientId) {
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
     * Stores a new client.
     *
     * @throws RegistrationRefused if a {@code jti} or the initial access token was spent meanwhile, or the software has
     *                             its one client already
     */
    public void create(RegisteredClient client, Caller caller, Set<Jti> spent, Change change) {
        spent.forEach(replays::spend);
        caller.spends().ifPresent(initialTokens::spend);
        persist(client);
        trail.record(change);
    }

    /**
     * Changes a client, if it is still as it was read.
     *
     * @param version the version that was read
     * @param event   what happens to the client
     * @return the client as changed
     * @throws RegistrationRefused with {@link Conflict} if it has changed since, {@link InvalidToken} if it is gone
     */
    public RegisteredClient replace(
            String clientId, long version, Set<Jti> spent, Consumer<RegisteredClient> event, Change change) {
        var client = entities.find(RegisteredClient.class, clientId);
        if (client == null) throw new RegistrationRefused(InvalidToken.NO_GOOD);
        if (client.version() != version) throw conflict();
        spent.forEach(replays::spend);
        event.accept(client);
        flush();
        trail.record(change);
        return client;
    }

    /**
     * Deletes a client with everything that gives access to it, if it is still as it was read.
     *
     * @throws RegistrationRefused with {@link Conflict} if it has changed since, or is gone
     */
    public void delete(RegisteredClient read, Change change) {
        var deleted = entities.createQuery(
                        "delete from RegisteredClient client where client.clientId = :id and client.version = :version")
                .setParameter("id", read.clientId())
                .setParameter("version", read.version())
                .executeUpdate();
        if (deleted == 0) throw conflict();
        trail.record(change);
    }

    /**
     * Refuses what {@link #create} or {@link #replace} would refuse at this moment, and stores nothing.
     *
     * @throws RegistrationRefused if a {@code jti} was spent, or the software has its one client already
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void refuseToStore(RegisteredClient client, Set<Jti> spent) {
        spent.forEach(replays::refuseSpent);
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

    private void persist(RegisteredClient client) {
        entities.persist(client);
        flush();
    }

    private void flush() {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw conflict();
        } catch (ConstraintViolationException e) {
            throw alreadyRegistered();
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
