package dev.dcr.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.encryption.Keys;
import dev.dcr.encryption.MacKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The chain alone, without a database: what is found when something is not as it was sealed. */
class ChainCheckTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456789Z");

    private final byte[] secret = Keys.fresh();
    private final MacKeys keys = MacKeys.derivedFrom(List.of(secret), "test");
    private final TreeMap<Long, String> events = new TreeMap<>();
    private final List<Seal> chain = new ArrayList<>(List.of(Seal.genesis()));

    /** An event of which nothing but number and hash matters. */
    private static final class Event extends AuditEntry {
        private final long id;
        private final String hash;

        Event(long id, String hash) {
            this.id = id;
            this.hash = hash;
        }

        @Override
        long id() {
            return id;
        }

        @Override
        String hash() {
            return hash;
        }
    }

    private void seal(MacKeys by, long... ids) {
        var hashes = new TreeMap<Long, String>();
        for (var id : ids) {
            events.put(id, Sha256.of("event " + id));
            hashes.put(id, events.get(id));
        }
        var head = chain.get(chain.size() - 1);
        var last = ids.length == 0 ? head.lastEvent() : hashes.lastKey();
        var awaited = head.awaited()
                .without(hashes.keySet())
                .withHoles(head.lastEvent() + 1, last, new TreeSet<>(hashes.keySet()), NOW);
        chain.add(new Seal(head, hashes, awaited, NOW, by));
    }

    private void sealThree() {
        seal(keys, 1, 2);
        seal(keys, 3, 4);
        seal(keys, 5);
    }

    private List<String> problems(MacKeys by, Optional<Anchor> anchor) {
        var check = new ChainCheck(chain.get(0), by, anchor);
        for (var seal : chain.subList(1, chain.size())) check(check, seal, seal == chain.get(1));
        return problems(check);
    }

    private void check(ChainCheck check, Seal seal, boolean isOldest) {
        var expected = check.open(seal, isOldest);
        var first = isOldest ? Long.MIN_VALUE : seal.firstEvent();
        expected.ids().headSet(first).forEach(id -> see(check, id));
        events.tailMap(first).headMap(seal.lastEvent() + 1).keySet().forEach(id -> see(check, id));
        check.close().forEach(check::note);
    }

    private static List<String> problems(ChainCheck check) {
        return check.end(0).findings().stream()
                .map(finding ->
                        finding.seal().map(number -> "seal " + number + " ").orElse("")
                                + finding.event().map(id -> "event " + id + " ").orElse("")
                                + finding.problem())
                .toList();
    }

    private void see(ChainCheck check, long id) {
        if (events.containsKey(id)) check.see(new Event(id, events.get(id)));
    }

    private List<String> problems() {
        return problems(keys, Optional.empty());
    }

    @Test
    void anUntouchedTrailIsIntact() {
        sealThree();
        assertThat(problems()).isEmpty();
    }

    @Test
    void aChangedEventIsFoundByItsNumber() {
        sealThree();
        events.put(3L, Sha256.of("something else"));
        assertThat(problems()).containsExactly("seal 2 event 3 the event was changed");
    }

    @Test
    void aRemovedEventIsFoundByItsNumber() {
        sealThree();
        events.remove(4L);
        assertThat(problems()).containsExactly("seal 2 event 4 the event was removed");
    }

    @Test
    void eventsThatChangedPlacesAreFound() {
        sealThree();
        var third = events.get(3L);
        events.put(3L, events.get(4L));
        events.put(4L, third);
        assertThat(problems())
                .containsExactly("seal 2 event 3 the event was changed", "seal 2 event 4 the event was changed");
    }

    @Test
    void anEventPutInAfterwardsIsFound() {
        seal(keys, 1, 2);
        seal(keys, 4, 5);
        chain.set(2, new Seal(chain.get(1), new TreeMap<>(events.tailMap(4L)), Awaited.NOTHING, NOW, keys));
        events.put(3L, Sha256.of("event 3"));
        events.put(-1L, Sha256.of("event -1"));
        assertThat(problems())
                .containsExactly(
                        "event -1 the event is under no seal: it was put in afterwards",
                        "event 3 the event is under no seal: it was put in afterwards");
    }

    @Test
    void anEventCommittedLaterThanItsNeighboursIsSealedLater() {
        seal(keys, 1, 2, 4);
        events.put(3L, Sha256.of("event 3"));
        assertThat(problems()).as("awaited, not sealed yet").isEmpty();
        seal(keys, 3, 5);
        assertThat(chain.get(2).awaited()).isEqualTo(Awaited.NOTHING);
        assertThat(problems()).as("sealed").isEmpty();
        events.remove(3L);
        assertThat(problems()).containsExactly("seal 2 event 3 the event was removed");
    }

    @Test
    void aRemovedSealIsFound() {
        sealThree();
        chain.remove(2);
        assertThat(problems()).containsExactly("seal 2 was removed");
    }

    @Test
    void aSealInThePlaceOfAnotherIsFound() {
        sealThree();
        var second = chain.get(2);
        chain.set(2, chain.get(3));
        chain.set(3, second);
        assertThat(problems()).contains("seal 2 was removed");
    }

    @Test
    void whoHasNoKeyMakesNoSeal() {
        var forger = MacKeys.derivedFrom(List.of(Keys.fresh()), "test");
        seal(keys, 1, 2);
        seal(forger, 3, 4);
        assertThat(problems())
                .containsExactly("seal 2 from this seal on, none is under a key that is configured;"
                        + " add the key that they were made with");
    }

    @Test
    void aChainOfAnOlderKeyHoldsByAYoungerSealWhenThatKeyIsGone() {
        seal(keys, 1, 2);
        var next = Keys.fresh();
        seal(MacKeys.derivedFrom(List.of(next, secret), "test"));
        var alone = MacKeys.derivedFrom(List.of(next), "test");
        assertThat(problems(alone, Optional.empty())).isEmpty();

        events.put(2L, Sha256.of("something else"));
        assertThat(problems(alone, Optional.empty())).containsExactly("seal 1 event 2 the event was changed");
    }

    @Test
    void anAnchorIsInTheChainOrMissed() {
        sealThree();
        var anchor = chain.get(3).anchor();
        assertThat(problems(keys, Optional.of(anchor))).isEmpty();

        chain.remove(3);
        events.remove(5L);
        assertThat(problems()).as("without the anchor, nobody can tell").isEmpty();
        assertThat(problems(keys, Optional.of(anchor)))
                .containsExactly("seal 3 the anchor's seal is not in the chain any more");

        seal(keys, 6);
        assertThat(problems(keys, Optional.of(anchor)))
                .containsExactly("seal 3 is another one than when its anchor was noted down");
    }

    @Test
    void aPrunedTrailBeginsWithTheNewestSealThatWasEmptied() {
        sealThree();
        chain.get(2).prune(NOW, keys);
        chain.remove(1);
        events.headMap(5L).clear();
        assertThat(problems()).isEmpty();
    }

    @Test
    void whoHasNoKeyDoesNotPrune() {
        sealThree();
        chain.get(2).prune(NOW, MacKeys.derivedFrom(List.of(Keys.fresh()), "test"));
        chain.remove(1);
        events.headMap(5L).clear();
        assertThat(problems()).containsExactly("seal 2 was pruned under a key that is not among the configured ones");
    }

    @Test
    void whatIsPrunedInTheMiddleWasRemoved() {
        sealThree();
        chain.get(2).prune(NOW, keys);
        events.remove(3L);
        assertThat(problems())
                .containsExactly(
                        "seal 2 is marked as pruned, although the chain does not begin with it",
                        "seal 2 event 3 the event was removed",
                        "seal 2 event 4 the event was changed");
    }

    @Test
    void aPruningWhileTheChainIsGoneAlongIsNoFault() {
        seal(keys, 1, 3);
        seal(keys, 4, 5);
        events.put(2L, Sha256.of("event 2"));
        seal(keys, 2, 6);
        seal(keys, 7);
        var check = new ChainCheck(chain.get(0), keys, Optional.empty());
        check(check, chain.get(1), true);

        chain.get(3).prune(NOW, keys);
        events.headMap(7L).clear();
        check(check, chain.get(3), true);
        check(check, chain.get(4), false);
        assertThat(problems(check)).isEmpty();
    }

    @Test
    void aPruningThatWasForgedWhileTheChainIsGoneAlongIsFound() {
        sealThree();
        var check = new ChainCheck(chain.get(0), keys, Optional.empty());
        check(check, chain.get(1), true);

        chain.get(3).prune(NOW, MacKeys.derivedFrom(List.of(secret), "something else"));
        events.headMap(6L).clear();
        check(check, chain.get(3), true);
        assertThat(problems(check))
                .containsExactly("seal 3 events were removed, and not by the rule of retention as it says");
    }
}
