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
import java.util.NavigableMap;
import java.util.TreeMap;
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
    private static final Duration ANNOUNCEMENTS = Duration.ofHours(1);
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

    private final AtomicReference<Instant> announced = new AtomicReference<>(Instant.MIN);
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
            while (self.sealBatch(LockOptions.SKIP_LOCKED) > 0) LOG.debug("sealed a batch of events");
            if (isDue(announced, ANNOUNCEMENTS))
                LOG.infof("the audit trail is sealed; its anchor is %s", self.anchor());
        } catch (RuntimeException failure) {
            if (isDue(complained, COMPLAINTS))
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
            while (self.sealBatch(LockOptions.WAIT_FOREVER) > 0) LOG.debug("sealed a batch of events");
            return true;
        } catch (EJBException failure) {
            LOG.error("the audit trail cannot be sealed", failure);
            return false;
        }
    }

    /** The newest seal. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Anchor anchor() {
        return new Ledger(entities).head().anchor();
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
        var head = ledger.head();
        refuseForgedHead(head);
        var now = clock.instant();
        var awaited = head.awaited().at(now);
        var hashes = hashes(late(awaited, ledger));
        var come = List.copyOf(hashes.keySet());
        hashes.putAll(hashes(ledger.events(head.lastEvent() + 1, Long.MAX_VALUE)));
        if (hashes.isEmpty() && head.isOfFirstKey(keys)) return 0;
        if (!head.isOfFirstKey(keys)) renewPruning(ledger);
        var last = hashes.isEmpty() ? head.lastEvent() : hashes.lastKey();
        var missing = awaited.without(come).withHoles(head.lastEvent() + 1, last, hashes.navigableKeySet(), now);
        entities.persist(new Seal(head, hashes, missing, now, keys));
        return hashes.size();
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

    private static NavigableMap<Long, String> hashes(List<AuditEntry> events) {
        var hashes = new TreeMap<Long, String>();
        events.forEach(event -> hashes.put(event.id(), event.hash()));
        return hashes;
    }

    private void renewPruning(Ledger ledger) {
        ledger.sealAfter(Seal.GENESIS)
                .filter(base -> base.isPruned() && base.proofOfPruning(keys) == Proof.GENUINE)
                .ifPresent(base -> base.signPruning(keys));
    }

    private boolean isDue(AtomicReference<Instant> last, Duration period) {
        var now = clock.instant();
        var before = last.get();
        return !before.plus(period).isAfter(now) && last.compareAndSet(before, now);
    }
}
