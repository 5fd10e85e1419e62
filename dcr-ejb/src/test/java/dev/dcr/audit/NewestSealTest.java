package dev.dcr.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.encryption.Keys;
import dev.dcr.encryption.MacKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node remembers of the chain, held against the rows that are there. */
class NewestSealTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final byte[] secret = Keys.fresh();
    private final MacKeys keys = MacKeys.derivedFrom(List.of(secret), "test");
    private final TreeMap<Long, Seal> rows = new TreeMap<>(Map.of(Seal.GENESIS, Seal.genesis()));
    private final NewestSeal newest = new NewestSeal();

    /** The rows alone; what is asked of them by SQL is for the tests in the server. */
    private final Ledger ledger = new Ledger(null) {
        @Override
        Optional<Seal> seal(long number) {
            return Optional.ofNullable(rows.get(number));
        }

        @Override
        Optional<Seal> sealAfter(long number) {
            return Optional.ofNullable(rows.higherEntry(number)).map(Map.Entry::getValue);
        }
    };

    @BeforeEach
    void seeThree() {
        for (var number = 1; number <= 3; number++) seal("event " + number);
        newest.see(rows.get(3L).anchor());
    }

    private void seal(String event) {
        var head = rows.lastEntry().getValue();
        var hashes = new TreeMap<>(Map.of(head.lastEvent() + 1, Sha256.of(event)));
        rows.put(head.number() + 1, new Seal(head, hashes, Awaited.NOTHING, NOW, keys));
    }

    private void prune(long number, MacKeys by) {
        rows.get(number).prune(NOW, by);
        rows.subMap(1L, number).clear();
    }

    private Optional<String> missed() {
        return newest.missed(ledger, keys).map(finding -> finding.seal().orElseThrow() + " " + finding.problem());
    }

    @Test
    void nothingIsMissedInAChainThatGoesOn() {
        assertThat(missed()).isEmpty();
        seal("of this node or another one");
        assertThat(missed()).isEmpty();
        assertThat(new NewestSeal().missed(ledger, keys)).as("after a start").isEmpty();
    }

    @Test
    void anEndThatWasCutOffIsMissedAndNoSealTakesItsPlace() {
        rows.remove(3L);
        assertThat(missed()).hasValue("3 is gone, although this node has seen it");
        seal("of a node that was started afterwards");
        assertThat(missed()).hasValue("3 is another one than this node has seen");
        seal("and once more");
        assertThat(missed()).hasValue("3 is another one than this node has seen");
    }

    @Test
    void whatIsPutBackIsMissedNoLonger() {
        var end = rows.remove(3L);
        assertThat(missed()).isPresent();
        rows.put(3L, end);
        assertThat(missed()).isEmpty();
    }

    @Test
    void aNodeThatLookedAwayWhileItsNewestSealWasPrunedMissesNothing() {
        seal("event 4");
        seal("event 5");
        prune(4, keys);
        assertThat(missed()).isEmpty();
    }

    @Test
    void whoHasNoKeyDoesNotPruneTheEndAway() {
        seal("event 4");
        prune(4, MacKeys.derivedFrom(List.of(Keys.fresh()), "test"));
        assertThat(missed()).hasValue("3 is gone, although this node has seen it");
    }

    @Test
    void anOlderPruningIsNoReasonForAnEndThatIsGone() {
        prune(2, keys);
        assertThat(missed()).isEmpty();
        rows.remove(3L);
        assertThat(missed()).hasValue("3 is gone, although this node has seen it");
    }

    @Test
    void theRowThatNodesTakeTurnsByIsMissed() {
        rows.remove(Seal.GENESIS);
        assertThat(missed()).hasValue("0 is gone, although this node has seen it");
    }

    @Test
    void anOlderSealIsNotTakenForTheNewest() {
        newest.see(rows.get(2L).anchor());
        rows.remove(3L);
        assertThat(missed()).hasValue("3 is gone, although this node has seen it");
    }

    @Test
    void eachNewestSealIsAnnouncedAtOnceAndAgainAfterAnHour() {
        var third = rows.get(3L).anchor();
        assertThat(newest.announcement(NOW)).hasValue(third);
        assertThat(newest.announcement(NOW.plusSeconds(10))).isEmpty();
        assertThat(newest.announcement(NOW.plus(Duration.ofHours(1)))).hasValue(third);
        seal("event 4");
        newest.see(rows.get(4L).anchor());
        assertThat(newest.announcement(NOW.plus(Duration.ofHours(1))))
                .hasValue(rows.get(4L).anchor());
    }

    @Test
    void theBeginningIsNotAnnouncedAndTheFirstSealIsAtOnce() {
        var fresh = new NewestSeal();
        assertThat(fresh.announcement(NOW)).isEmpty();
        fresh.see(rows.get(1L).anchor());
        assertThat(fresh.announcement(NOW)).hasValue(rows.get(1L).anchor());
    }
}
