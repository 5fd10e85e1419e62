package dev.dcr.audit;

import dev.dcr.encryption.EncryptionKeys;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Goes through the whole audit trail, seal by seal, and tells what is not as the server left it. */
@Stateless
public class AuditVerification {
    private static final Logger LOG = Logger.getLogger(AuditVerification.class);

    @PersistenceContext
    EntityManager entities;

    @Inject
    EncryptionKeys encryption;

    @Inject
    Clock clock;

    @EJB
    AuditSealer sealer;

    /** This bean as others call it, by which each call is a transaction. */
    @EJB
    AuditVerification self;

    /**
     * Verifies the trail, after sealing what was not sealed yet. Takes a transaction for each seal, so that others are not
     * held up.
     *
     * @param anchor a seal that must still be in the chain
     * @param after  the seal after which to begin, taken as it stands; 0 for the whole chain
     * @throws IllegalArgumentException if there is no such seal, or the anchor's comes before it
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Verification verify(Optional<Anchor> anchor, long after) {
        if (anchor.filter(seal -> seal.seal() < after).isPresent())
            throw new IllegalArgumentException("the anchor's seal comes before the one to begin with");
        if (!sealer.sealAll()) LOG.warn("verifying the audit trail all the same");
        var start = self.seal(after).orElseThrow(() -> new IllegalArgumentException("there is no seal " + after));
        var check = new ChainCheck(start, Seal.keys(encryption), anchor);
        while (self.checkNext(check)) LOG.tracef("checked seal %d", check.last().number());
        sealer.missed().ifPresent(check::note);
        return self.end(check);
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Optional<Seal> seal(long number) {
        return new Ledger(entities).seal(number);
    }

    /** @return whether there was another seal */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean checkNext(ChainCheck check) {
        var ledger = new Ledger(entities);
        var found = ledger.sealAfter(check.last().number());
        if (found.isEmpty()) return false;
        var seal = found.get();
        entities.detach(seal);
        var isOldest = ledger.isOldest(seal.number());
        var events = check.open(seal, isOldest);
        var first = isOldest ? Long.MIN_VALUE : seal.firstEvent();
        ledger.events(events.ids().headSet(first)).forEach(check::see);
        seeAll(first, seal.lastEvent(), check, ledger);
        var wrong = check.close();
        if (!wrong.isEmpty() && !isPrunedMeanwhile(seal, ledger)) wrong.forEach(check::note);
        return true;
    }

    private void seeAll(long first, long last, ChainCheck check, Ledger ledger) {
        var page = List.<AuditEntry>of();
        for (var next = first; next <= last; next = page.get(page.size() - 1).id() + 1) {
            page = ledger.events(next, last);
            page.forEach(check::see);
            entities.clear();
            if (page.size() < Ledger.BATCH) return;
        }
    }

    /**
     * Events and the word that they are pruned go in one commit, but perhaps between two of our statements. A seal that had
     * the mark already when it was read first is none of those.
     */
    private boolean isPrunedMeanwhile(Seal seal, Ledger ledger) {
        return !seal.isPruned() && ledger.isPruned(seal.number(), Seal.keys(encryption));
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Verification end(ChainCheck check) {
        var ledger = new Ledger(entities);
        var overdue = clock.instant().minus(Awaited.PATIENCE);
        var tail = ledger.events(check.last().lastEvent() + 1, Long.MAX_VALUE);
        for (var event : tail)
            if (event.occurredAt().isBefore(overdue))
                check.note(Finding.ofEvent(event.id(), "the event is under no seal, although it is old enough"));
        return check.end(tail.size());
    }
}
