package dev.dcr.audit;

import dev.dcr.encryption.MacKeys;
import dev.dcr.encryption.MacKeys.Proof;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.jpa.SpecHints;

/** The events and seals in the database, by their numbers. */
class Ledger {
    /** Events of one seal, and of one page. An event may hold metadata of a megabyte. */
    static final int BATCH = 200;

    private final EntityManager entities;

    Ledger(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Keeps other nodes from sealing and pruning until the end of the transaction.
     *
     * @param timeout of {@link org.hibernate.LockOptions}
     * @return whether that worked
     */
    boolean lock(int timeout) {
        return !seals("seal.number = :number")
                .setParameter("number", Seal.GENESIS)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, timeout)
                .getResultList()
                .isEmpty();
    }

    Optional<Seal> seal(long number) {
        return Optional.ofNullable(entities.find(Seal.class, number));
    }

    /** The newest seal. */
    Seal head() {
        return entities.createQuery("select seal from Seal seal order by seal.number desc", Seal.class)
                .setMaxResults(1)
                .getSingleResult();
    }

    /** The oldest seals after that one. */
    List<Seal> sealsAfter(long number, int most) {
        return seals("seal.number > :number order by seal.number")
                .setParameter("number", number)
                .setMaxResults(most)
                .getResultList();
    }

    Optional<Seal> sealAfter(long number) {
        return sealsAfter(number, 1).stream().findFirst();
    }

    /** Whether the chain begins with that seal, as far as it is still there. */
    boolean isOldest(long number) {
        return entities.createQuery(
                                "select count(*) from Seal seal where seal.number > :genesis and seal.number < :number",
                                Long.class)
                        .setParameter("genesis", Seal.GENESIS)
                        .setParameter("number", number)
                        .getSingleResult()
                == 0;
    }

    /**
     * Whether the rule of retention took away what was under that seal. The one that the chain begins with says so, and for
     * all before it, too.
     */
    boolean isPruned(long number, MacKeys keys) {
        return sealAfter(Seal.GENESIS)
                .filter(base -> base.number() >= number && base.proofOfPruning(keys) == Proof.GENUINE)
                .isPresent();
    }

    /** The first seal of those made from that moment on. */
    Optional<Seal> sealSince(Instant moment) {
        return seals("seal.number > :genesis and seal.sealedAt >= :moment order by seal.sealedAt")
                .setParameter("genesis", Seal.GENESIS)
                .setParameter("moment", moment)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** The first events of those between the two, both included. */
    List<AuditEntry> events(long first, long last) {
        return entities.createQuery(
                        "select event from AuditEntry event where event.id between :first and :last order by event.id",
                        AuditEntry.class)
                .setParameter("first", first)
                .setParameter("last", last)
                .setMaxResults(BATCH)
                .getResultList();
    }

    List<AuditEntry> events(Collection<Long> ids) {
        if (ids.isEmpty()) return List.of();
        return entities.createQuery(
                        "select event from AuditEntry event where event.id in :ids order by event.id", AuditEntry.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** What seals are made over. */
    static NavigableMap<Long, String> hashes(List<AuditEntry> events) {
        var hashes = new TreeMap<Long, String>();
        events.forEach(event -> hashes.put(event.id(), event.hash()));
        return hashes;
    }

    /** Whether the events of that seal are those that it was made over. */
    boolean hasEventsOf(Seal seal) {
        var events = events(seal.events().ids());
        events.forEach(entities::detach);
        return seal.isOver(hashes(events));
    }

    void deleteEvents(EventIds events) {
        if (events.count() == 0) return;
        entities.createQuery("delete from AuditEntry event where event.id in :ids")
                .setParameter("ids", events.ids())
                .executeUpdate();
    }

    /** Deletes the seals before that one, but not where the chain hangs. */
    void deleteSealsBefore(long number) {
        entities.createQuery("delete from Seal seal where seal.number > :genesis and seal.number < :number")
                .setParameter("genesis", Seal.GENESIS)
                .setParameter("number", number)
                .executeUpdate();
    }

    private TypedQuery<Seal> seals(String condition) {
        return entities.createQuery("select seal from Seal seal where " + condition, Seal.class);
    }
}
