package dev.dcr.audit;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Numbers below a seal's last event that had no event when it was made. Numbers are given out before the commit: such an
 * event may be about to be committed, or its transaction failed. After {@link #PATIENCE} it is the latter for certain.
 * Written as {@code 181-212@1764100000,300@1764100010}, with the second since when they are awaited.
 */
record Awaited(List<Gap> gaps) {
    /** Many times as long as any transaction is let live. */
    static final Duration PATIENCE = Duration.ofHours(1);

    static final Awaited NOTHING = new Awaited(List.of());

    /** Neighbouring numbers, both ends included. */
    record Gap(long first, long last, Instant since) {
        boolean contains(long id) {
            return first <= id && id <= last;
        }

        @Override
        public String toString() {
            return (first == last ? "" + first : first + "-" + last) + '@' + since.getEpochSecond();
        }
    }

    Awaited {
        gaps = List.copyOf(gaps);
    }

    /** @throws IllegalArgumentException if the text is not of this kind */
    static Awaited parse(String text) {
        if (text.isEmpty()) return NOTHING;
        return new Awaited(
                Arrays.stream(text.split(",", -1)).map(Awaited::parseGap).toList());
    }

    private static Gap parseGap(String text) {
        var parts = text.split("[-@]", 3);
        if (parts.length < 2) throw new IllegalArgumentException("not a gap: " + text);
        var last = Long.parseLong(parts[parts.length - 2]);
        return new Gap(Long.parseLong(parts[0]), last, Instant.ofEpochSecond(Long.parseLong(parts[parts.length - 1])));
    }

    boolean contains(long id) {
        return gaps.stream().anyMatch(gap -> gap.contains(id));
    }

    /** What is still worth waiting for. */
    Awaited at(Instant now) {
        return new Awaited(gaps.stream()
                .filter(gap -> gap.since().plus(PATIENCE).isAfter(now))
                .toList());
    }

    /** What is left when these have come. */
    Awaited without(Collection<Long> come) {
        var sorted = new TreeSet<>(come);
        return new Awaited(gaps.stream()
                .flatMap(gap -> holes(gap.first(), gap.last(), sorted, gap.since()).stream())
                .toList());
    }

    /** What is awaited besides, when of the numbers between the ends these have come. */
    Awaited withHoles(long first, long last, NavigableSet<Long> come, Instant now) {
        var all = new ArrayList<>(gaps);
        all.addAll(holes(first, last, come, now));
        return new Awaited(all);
    }

    private static List<Gap> holes(long first, long last, NavigableSet<Long> come, Instant since) {
        var holes = new ArrayList<Gap>();
        var next = first;
        for (var id : first > last ? new TreeSet<Long>() : come.subSet(first, true, last, true)) {
            if (id > next) holes.add(new Gap(next, id - 1, since));
            next = id + 1;
        }
        if (next <= last) holes.add(new Gap(next, last, since));
        return holes;
    }

    @Override
    public String toString() {
        return gaps.stream().map(Gap::toString).collect(joining(","));
    }
}
