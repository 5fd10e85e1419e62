package dev.dcr.access;

import dev.dcr.audit.AuditTrail;
import dev.dcr.audit.Change;
import dev.dcr.audit.Change.Action;
import dev.dcr.audit.OperatorRequest;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.json.StrictJson;
import dev.dcr.replay.ExpiredRows;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Initial access tokens: issued by the operator, spent by registering (RFC 7591 §3). */
@Stateless
public class InitialAccessTokens {
    private static final Logger LOG = Logger.getLogger(InitialAccessTokens.class);

    @PersistenceContext
    EntityManager entities;

    @Inject
    Clock clock;

    @EJB
    AuditTrail trail;

    /** This bean as others call it, by which each call is a transaction. */
    @EJB
    InitialAccessTokens self;

    /**
     * Issues a token.
     *
     * @param lifetime how long it is good
     * @param uses     how many clients may be registered with it, at least 1
     * @param policy   by member name the values that clients registered with it may have; empty allows any
     * @param by       who asks for it, for the audit trail
     */
    public IssuedInitialAccessToken issue(Duration lifetime, int uses, JsonObject policy, OperatorRequest by) {
        var token = TokenDigest.newToken();
        var digest = TokenDigest.of(token);
        var now = clock.instant();
        var expiresAt = now.plus(lifetime);
        entities.persist(new InitialAccessToken(digest, uses, now, expiresAt, policy));
        var details = StrictJson.PROVIDER
                .createObjectBuilder()
                .add("token", digest.hint())
                .add("uses", uses)
                .add("expires_at", expiresAt.toString())
                .add("policy", policy);
        trail.record(List.of(Change.byOperator(Action.ISSUE_TOKEN, by, details.build())));
        return new IssuedInitialAccessToken(token, expiresAt, uses);
    }

    /** The policy of a token, if it is good at the moment. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<JsonObject> policyOf(TokenDigest token) {
        return Optional.ofNullable(entities.find(InitialAccessToken.class, token.hash()))
                .filter(found -> found.isGoodAt(clock.instant()))
                .map(InitialAccessToken::policy);
    }

    /**
     * Takes one use from a token, as part of the transaction that registers the client.
     *
     * @throws RegistrationRefused with {@link InvalidToken} if others were quicker and none is left
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void spend(TokenDigest token) {
        var spent = entities.createQuery("update InitialAccessToken token set token.usesLeft = token.usesLeft - 1"
                        + " where token.tokenHash = :hash and token.usesLeft > 0 and token.expiresAt > :now")
                .setParameter("hash", token.hash())
                .setParameter("now", clock.instant())
                .executeUpdate();
        if (spent == 0) throw new RegistrationRefused(InvalidToken.NO_GOOD);
    }

    /** Forgets tokens that have expired, and with them the spent ones; several nodes may do so at once. */
    @Schedule(hour = "*", minute = "5", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void sweep() {
        while (self.forgetExpired() == ExpiredRows.BATCH) LOG.debug("forgot a batch of tokens");
    }

    /** Forgets a batch of them, see {@link ExpiredRows}. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int forgetExpired() {
        return ExpiredRows.deleteBatch(entities, InitialAccessToken.class, clock.instant());
    }
}
