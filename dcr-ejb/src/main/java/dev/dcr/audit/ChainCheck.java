package dev.dcr.audit;

import dev.dcr.encryption.MacKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** Goes along the chain from one seal to the next, and notes whatever does not fit. */
final class ChainCheck {
    private static final int TOLD = 100;
    private static final int STRAYS = 10_000;

    private final MacKeys keys;
    private final Optional<Anchor> anchor;
    private final List<Finding> findings = new ArrayList<>();
    private final TreeSet<Long> strays = new TreeSet<>();
    private final NavigableMap<Long, String> hashes = new TreeMap<>();
    private boolean anchorSeen;
    private long problems;
    private long seals;
    private long events;
    private OptionalLong unproven = OptionalLong.empty();
    private EventIds current = EventIds.NONE;
    private Seal last;

    /**
     * @param start  the seal that is taken as it stands: the beginning of the chain, or where the caller begins
     * @param anchor a seal that must be in the chain
     */
    ChainCheck(Seal start, MacKeys keys, Optional<Anchor> anchor) {
        this.last = start;
        this.keys = keys;
        this.anchor = anchor;
        compareWithAnchor(start);
    }

    /** The seal before the one that is to come next. */
    Seal last() {
        return last;
    }

    /**
     * The next seal. Its events follow, by {@link #see}, and then {@link #close}. Where the chain begins with it, these are
     * all events up to its last one, for pruning may have moved the beginning to it while the chain is gone along.
     *
     * @param isOldest whether the chain begins with it
     * @return the events that it is over and that must be there
     */
    EventIds open(Seal seal, boolean isOldest) {
        hashes.clear();
        var base = seal.isPruned() && isOldest;
        if (base) begin(seal);
        else checkLink(seal);
        checkSelf(seal);
        compareWithAnchor(seal);
        seals++;
        last = seal;
        current = base ? EventIds.NONE : readable(seal);
        return current;
    }

    /** An event among those of the seal, or in between. */
    void see(AuditEntry event) {
        if (current.contains(event.id())) hashes.put(event.id(), event.hash());
        else if (strays.size() < STRAYS) strays.add(event.id());
    }

    /**
     * All events of the seal were seen.
     *
     * @return what is wrong with them, not noted yet
     */
    List<Finding> close() {
        strays.removeAll(current.ids());
        events += hashes.size();
        // of what a changed seal says about its events, nothing can be held against them
        if (current.count() == 0 || !last.isWhole() || last.isOver(hashes)) return List.of();
        var wrong = new ArrayList<Finding>();
        for (var id : current.ids())
            if (!hashes.containsKey(id)) wrong.add(Finding.of(last.number(), id, "the event was removed"));
        for (var id : last.changed(hashes)) wrong.add(Finding.of(last.number(), id, "the event was changed"));
        if (wrong.isEmpty()) wrong.add(Finding.ofSeal(last.number(), "one of its events was changed"));
        return wrong;
    }

    void note(Finding finding) {
        problems++;
        if (findings.size() < TOLD) findings.add(finding);
    }

    /** @param unsealed how many events come after the newest seal */
    Verification end(long unsealed) {
        unproven.ifPresent(seal -> note(Finding.ofSeal(
                seal,
                "from this seal on, none is under a key that is configured; add the key that they were made with")));
        var awaited = last.isWhole() ? last.awaited() : Awaited.NOTHING;
        for (var id : strays)
            if (!awaited.contains(id))
                note(Finding.ofEvent(id, "the event is under no seal: it was put in afterwards"));
        if (anchor.isPresent() && !anchorSeen)
            note(Finding.ofSeal(anchor.get().seal(), "the anchor's seal is not in the chain any more"));
        return new Verification(seals, events, unsealed, last.anchor(), findings, problems);
    }

    /** Pruning takes away all seals before the newest one that it empties; the chain then begins with that one. */
    private void begin(Seal base) {
        strays.clear();
        switch (base.proofOfPruning(keys)) {
            case GENUINE -> {}
            case FORGED ->
                note(Finding.ofSeal(base.number(), "events were removed, and not by the rule of retention as it says"));
            case KEY_UNKNOWN ->
                note(Finding.ofSeal(base.number(), "was pruned under a key that is not among the configured ones"));
        }
    }

    private void checkLink(Seal seal) {
        var missing = seal.number() - last.number() - 1;
        if (missing > 0)
            note(Finding.ofSeal(
                    last.number() + 1,
                    missing == 1 ? "was removed" : "was removed, and %d after it".formatted(missing - 1)));
        else if (!seal.follows(last)) note(Finding.ofSeal(seal.number(), "does not follow the seal before it"));
        if (seal.isPruned())
            note(Finding.ofSeal(seal.number(), "is marked as pruned, although the chain does not begin with it"));
    }

    private void checkSelf(Seal seal) {
        var whole = seal.isWhole();
        switch (seal.proof(keys)) {
            case GENUINE -> {
                if (whole) unproven = OptionalLong.empty();
            }
            case FORGED -> note(Finding.ofSeal(seal.number(), "was not made with the operator's key"));
            case KEY_UNKNOWN -> unproven = OptionalLong.of(unproven.orElse(seal.number()));
        }
        if (!whole) note(Finding.ofSeal(seal.number(), "was changed"));
    }

    private static EventIds readable(Seal seal) {
        try {
            return seal.events();
        } catch (IllegalArgumentException changed) {
            return EventIds.NONE;
        }
    }

    private void compareWithAnchor(Seal seal) {
        if (anchor.isEmpty() || anchor.get().seal() != seal.number()) return;
        anchorSeen = true;
        if (!seal.anchor().equals(anchor.get()))
            note(Finding.ofSeal(seal.number(), "is another one than when its anchor was noted down"));
    }
}
