package dev.dcr.audit;

import dev.dcr.encryption.EncryptionKeys;
import dev.dcr.encryption.MacKeys;
import dev.dcr.encryption.MacKeys.Proof;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.hibernate.LockOptions;
import org.jboss.logging.Logger;

/**
 * Binds committed events into the chain of {@link Seal}s, some at a time, after the fact: who registers a client does not
 * wait for it. Nodes take turns by a lock on one row.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class AuditSealer {
    private static final Logger LOG = Logger.getLogger(AuditSealer.class);
    private static final Duration COMPLAINTS = Duration.ofMinutes(10);

    @PersistenceContext
    EntityManager entities;

    @Inject
    EncryptionKeys encryption;

    @Inject
    Clock clock;

    /** This bean as others call it, by which each call is a transaction. */
    @EJB
    AuditSealer self;

    private final NewestSeal newest = new NewestSeal();
    private final AtomicReference<String> told = new AtomicReference<>("");
    private final AtomicReference<Instant> complained = new AtomicReference<>(Instant.MIN);
    private MacKeys keys;

    @PostConstruct
    void deriveKeys() {
        keys = Seal.keys(encryption);
    }

    /** Seals what other nodes are not sealing at this moment. */
    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void tick() {
        try {
            seal(LockOptions.SKIP_LOCKED);
        } catch (CutOff cutOff) {
            complain(cutOff);
        } catch (RuntimeException failure) {
            if (isComplaintDue())
                LOG.error(
                        "the audit trail cannot be sealed at the moment; what is to be recorded is recorded", failure);
        }
    }

    /**
     * Seals everything that is committed, and waits for its turn.
     *
     * @return whether that worked; if it did not, the reason is in the log
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public boolean sealAll() {
        try {
            seal(LockOptions.WAIT_FOREVER);
            return true;
        } catch (CutOff cutOff) {
            complain(cutOff);
            return false;
        } catch (EJBException failure) {
            LOG.error("the audit trail cannot be sealed", failure);
            return false;
        }
    }

    private void seal(int lockTimeout) {
        while (self.sealBatch(lockTimeout) >= Ledger.BATCH) LOG.debug("sealed a batch of events");
        self.anchor(); // looks at what came of it, and at what other nodes sealed
        told.set("");
        newest.announcement(clock.instant())
                .ifPresent(anchor -> LOG.infof("the audit trail is sealed; its anchor is %s", anchor));
    }

    /** The newest seal. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Anchor anchor() {
        return head(new Ledger(entities)).anchor();
    }

    /** What this node has seen of the chain, and the chain does not hold any more. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Optional<Finding> missed() {
        return newest.missed(new Ledger(entities), keys);
    }

    /**
     * Seals the next events: those that come after the newest seal, and those that were committed later than their
     * neighbours. Without any, there is a new seal only to put the chain under the first key.
     *
     * @param lockTimeout what to do if another node is at it
     * @return how many events it were
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int sealBatch(int lockTimeout) {
        var ledger = new Ledger(entities);
        if (!ledger.lock(lockTimeout)) return 0;
        var head = head(ledger);
        var now = clock.instant();
        var awaited = head.awaited().at(now);
        var hashes = Ledger.hashes(late(awaited, ledger));
        var come = List.copyOf(hashes.keySet());
        hashes.putAll(Ledger.hashes(ledger.events(head.lastEvent() + 1, Long.MAX_VALUE)));
        if (hashes.isEmpty() && head.isOfFirstKey(keys)) return 0;
        if (!head.isOfFirstKey(keys)) renewPruning(ledger);
        var last = hashes.isEmpty() ? head.lastEvent() : hashes.lastKey();
        var missing = awaited.without(come).withHoles(head.lastEvent() + 1, last, hashes.navigableKeySet(), now);
        entities.persist(new Seal(head, hashes, missing, now, keys));
        return hashes.size();
    }

    /** The newest seal, if nothing of what this node has seen is missing: what was cut off is not to be replaced. */
    private Seal head(Ledger ledger) {
        newest.missed(ledger, keys).ifPresent(missing -> {
            throw new CutOff(missing);
        });
        var head = ledger.head();
        refuseForgedHead(head);
        newest.see(head.anchor());
        return head;
    }

    /** What somebody else has forged does not become genuine by a seal upon it. */
    private void refuseForgedHead(Seal head) {
        var proof = head.proof(keys);
        if (proof == Proof.KEY_UNKNOWN)
            throw new IllegalStateException("the key of the newest seal, number " + head.number()
                    + ", is not among the configured ones; keep it for a while behind the new one");
        if (proof == Proof.FORGED || !head.isWhole())
            throw new IllegalStateException("the newest seal, number " + head.number() + ", was tampered with");
    }

    private static List<AuditEntry> late(Awaited awaited, Ledger ledger) {
        var single = new ArrayList<Long>();
        var found = new ArrayList<AuditEntry>();
        for (var gap : awaited.gaps()) {
            if (found.size() >= Ledger.BATCH) break;
            if (gap.last() - gap.first() >= Ledger.BATCH) found.addAll(ledger.events(gap.first(), gap.last()));
            else LongStream.rangeClosed(gap.first(), gap.last()).forEach(single::add);
        }
        for (var from = 0; from < single.size() && found.size() < Ledger.BATCH; from += Ledger.BATCH)
            found.addAll(ledger.events(single.subList(from, Math.min(single.size(), from + Ledger.BATCH))));
        return found;
    }

    private void renewPruning(Ledger ledger) {
        ledger.sealAfter(Seal.GENESIS)
                .filter(base -> base.isPruned() && base.proofOfPruning(keys) == Proof.GENUINE)
                .ifPresent(base -> base.signPruning(keys));
    }

    /** Tells of what is missing once, and not again as long as nothing else is. */
    private void complain(CutOff cutOff) {
        if (!told.getAndSet(cutOff.getMessage()).equals(cutOff.getMessage()))
            LOG.errorf(
                    "the audit trail was cut off, or is of another time: %s. This node records, and seals nothing until"
                            + " that is back or the node is restarted. See what happened first: audit verify --anchor"
                            + " with the last one that the log tells",
                    cutOff.getMessage());
    }

    private boolean isComplaintDue() {
        var now = clock.instant();
        var before = complained.get();
        return !before.plus(COMPLAINTS).isAfter(now) && complained.compareAndSet(before, now);
    }
}
