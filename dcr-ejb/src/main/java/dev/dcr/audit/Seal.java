package dev.dcr.audit;

import static java.util.stream.Collectors.joining;

import dev.dcr.encryption.EncryptionKeys;
import dev.dcr.encryption.MacKeys;
import dev.dcr.encryption.MacKeys.Proof;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * One link of the chain: a hash over some events and over the seal before, and a code of that hash which takes the
 * operator's key to make. Hashes alone tie the links together, so that old seals hold when their key is gone, as long as a
 * younger one has a code that can be checked.
 */
@Entity
@Table(name = "audit_seal")
class Seal {
    /** The row that is there from the beginning: what the first seal follows, and what sealing takes a lock on. */
    static final long GENESIS = 0;

    private static final int FINGERPRINT = 8;

    @Id
    private long number;

    @Column(name = "first_event")
    private long firstEvent;

    @Column(name = "last_event")
    private long lastEvent;

    private String events;

    private String awaited;

    private String content;

    /** The beginnings of the events' hashes. They prove nothing; they tell which event it is that changed. */
    private String fingerprints;

    private String previous;

    private String digest;

    private String code;

    @Column(name = "sealed_at")
    private Instant sealedAt;

    @Column(name = "pruned_at")
    private Instant prunedAt;

    @Column(name = "pruned_code")
    private String prunedCode;

    protected Seal() {}

    /**
     * The next link.
     *
     * @param hashes  of the events it is over, by their numbers
     * @param awaited what was not there yet
     */
    Seal(Seal before, NavigableMap<Long, String> hashes, Awaited awaited, Instant now, MacKeys keys) {
        this.number = before.number + 1;
        this.firstEvent = before.lastEvent + 1;
        this.lastEvent = hashes.isEmpty() ? before.lastEvent : Math.max(before.lastEvent, hashes.lastKey());
        this.events = EventIds.of(hashes.keySet()).toString();
        this.awaited = awaited.toString();
        this.content = contentOf(hashes);
        this.fingerprints = hashes.values().stream().map(Seal::fingerprint).collect(joining());
        this.previous = before.digest;
        this.sealedAt = inDatabase(now);
        this.digest = computedDigest();
        this.code = keys.sign(digest);
    }

    /** What the chain begins with, as the migration puts it there. */
    static Seal genesis() {
        var genesis = new Seal();
        genesis.events = "";
        genesis.awaited = "";
        genesis.digest = "genesis";
        return genesis;
    }

    /** The keys of seals. */
    static MacKeys keys(EncryptionKeys keys) {
        return keys.forCodesOf("audit seal");
    }

    long number() {
        return number;
    }

    long firstEvent() {
        return firstEvent;
    }

    long lastEvent() {
        return lastEvent;
    }

    EventIds events() {
        return EventIds.parse(events);
    }

    Awaited awaited() {
        return Awaited.parse(awaited);
    }

    Instant sealedAt() {
        return sealedAt;
    }

    Anchor anchor() {
        return new Anchor(number, digest);
    }

    boolean follows(Seal before) {
        return previous.equals(before.digest);
    }

    /** Whether the columns are those that were sealed; there is nothing in the first row that could be changed. */
    boolean isWhole() {
        return number == GENESIS || digest.equals(computedDigest());
    }

    /** Whether this is the work of somebody who has the key; the beginning of the chain takes none. */
    Proof proof(MacKeys keys) {
        return number == GENESIS ? Proof.GENUINE : keys.check(digest, code);
    }

    boolean isOfFirstKey(MacKeys keys) {
        return number == GENESIS || keys.isOfFirstKey(code);
    }

    boolean isOver(NavigableMap<Long, String> hashes) {
        return content.equals(contentOf(hashes));
    }

    /** Those of the events that have another hash than when they were sealed, as far as that can be told. */
    List<Long> changed(NavigableMap<Long, String> hashes) {
        var changed = new ArrayList<Long>();
        var at = 0;
        for (var id : events().ids()) {
            var known = at + FINGERPRINT <= fingerprints.length();
            var expected = known ? fingerprints.substring(at, at + FINGERPRINT) : "";
            if (hashes.containsKey(id) && !fingerprint(hashes.get(id)).equals(expected)) changed.add(id);
            at += FINGERPRINT;
        }
        return changed;
    }

    /** The events of this seal, and of all before it, are deleted by rule; from now on the chain begins here. */
    void prune(Instant now, MacKeys keys) {
        this.prunedAt = inDatabase(now);
        this.fingerprints = "";
        signPruning(keys);
    }

    /** Says once more, by the first key, that the events were deleted by rule. */
    void signPruning(MacKeys keys) {
        this.prunedCode = keys.sign(pruning());
    }

    boolean isPruned() {
        return prunedAt != null;
    }

    Proof proofOfPruning(MacKeys keys) {
        return prunedCode == null ? Proof.FORGED : keys.check(pruning(), prunedCode);
    }

    private String pruning() {
        return "pruned\n" + number + '\n' + digest + '\n' + prunedAt;
    }

    private String computedDigest() {
        return Sha256.of("sealed\n" + number + '\n' + previous + '\n' + firstEvent + '\n' + lastEvent + '\n' + events
                + '\n' + awaited + '\n' + content + '\n' + sealedAt);
    }

    private static String contentOf(NavigableMap<Long, String> hashes) {
        return Sha256.of(String.join("\n", hashes.values()));
    }

    private static String fingerprint(String hash) {
        return hash.substring(0, FINGERPRINT);
    }

    /** As the database gives it back. */
    private static Instant inDatabase(Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS);
    }
}
