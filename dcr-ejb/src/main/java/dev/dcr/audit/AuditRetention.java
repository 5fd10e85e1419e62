package dev.dcr.audit;

import dev.dcr.audit.Change.Action;
import dev.dcr.encryption.EncryptionKeys;
import dev.dcr.encryption.MacKeys;
import dev.dcr.encryption.MacKeys.Proof;
import dev.dcr.json.StrictJson;
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
import java.time.Instant;
import java.util.List;
import org.hibernate.LockOptions;
import org.jboss.logging.Logger;

/** Deletes events that have been kept as long as the operator wants, seal by seal, and puts that on record. */
@Stateless
public class AuditRetention {
    private static final Logger LOG = Logger.getLogger(AuditRetention.class);
    private static final int SEALS = 5;

    @PersistenceContext
    EntityManager entities;

    @Inject
    AuditConfig config;

    @Inject
    EncryptionKeys encryption;

    @Inject
    Clock clock;

    @EJB
    AuditTrail trail;

    /** This bean as others call it, by which each call is a transaction. */
    @EJB
    AuditRetention self;

    /** Deletes what is old, if {@code dcr.audit.retention} says so; several nodes may do so at once. */
    @Schedule(hour = "*", minute = "20", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void sweep() {
        config.retention().map(clock.instant()::minus).ifPresent(before -> {
            while (self.prune(before) > 0) LOG.debug("pruned a batch of events");
        });
    }

    /**
     * Deletes the events of the oldest seals, up to a seal that was tampered with, or whose events were, or that is marked as
     * pruned by somebody else: that evidence stays. The newest of those that were emptied stays as the beginning of the chain;
     * the newest of all is never pruned.
     *
     * @param before when the seals that go were made, or before
     * @return how many seals were pruned
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int prune(Instant before) {
        var ledger = new Ledger(entities);
        if (!ledger.lock(LockOptions.SKIP_LOCKED)) return 0;
        var keys = Seal.keys(encryption);
        var head = ledger.head().number();
        var oldest = ledger.sealsAfter(Seal.GENESIS, SEALS + 1);
        var old = oldest.stream()
                .dropWhile(seal -> seal.equals(oldest.get(0)) && seal.proofOfPruning(keys) == Proof.GENUINE)
                .takeWhile(seal -> seal.number() < head && seal.sealedAt().isBefore(before))
                .takeWhile(seal -> isUntouched(seal, keys, ledger))
                .toList();
        if (old.isEmpty()) return 0;
        for (var seal : old) ledger.deleteEvents(seal.events());
        var base = old.get(old.size() - 1);
        base.prune(clock.instant(), keys);
        ledger.deleteSealsBefore(base.number());
        trail.record(List.of(Change.byServer(Action.PRUNE, "retention", details(old, base))));
        return old.size();
    }

    private static boolean isUntouched(Seal seal, MacKeys keys, Ledger ledger) {
        var untouched =
                !seal.isPruned() && seal.isWhole() && seal.proof(keys) != Proof.FORGED && ledger.hasEventsOf(seal);
        if (!untouched)
            LOG.errorf(
                    "retention stops at seal %d of the audit trail: it, or what is under it, is not as it was sealed;"
                            + " audit verify tells more",
                    seal.number());
        return untouched;
    }

    private static JsonObject details(List<Seal> pruned, Seal base) {
        return StrictJson.PROVIDER
                .createObjectBuilder()
                .add(
                        "events",
                        pruned.stream().mapToInt(seal -> seal.events().count()).sum())
                .add("last_event", base.lastEvent())
                .add("last_seal", base.anchor().toString())
                .build();
    }
}
