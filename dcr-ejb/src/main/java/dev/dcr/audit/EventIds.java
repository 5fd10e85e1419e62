package dev.dcr.audit;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which events a seal is over. Written as ranges, {@code 101-180,182}: neighbours have neighbouring numbers, but for a few
 * that others committed in between.
 */
record EventIds(NavigableSet<Long> ids) {
    static final EventIds NONE = new EventIds(new TreeSet<>());

    /** Far more than a seal ever has; a range that somebody made up must not fill the memory. */
    private static final int MOST = 10_000;

    EventIds {
        ids = Collections.unmodifiableNavigableSet(new TreeSet<>(ids));
    }

    static EventIds of(Collection<Long> ids) {
        return new EventIds(new TreeSet<>(ids));
    }

    /** @throws IllegalArgumentException if the text is not of this kind */
    static EventIds parse(String text) {
        var ids = new TreeSet<Long>();
        if (text.isEmpty()) return new EventIds(ids);
        for (var range : text.split(",", -1)) {
            var ends = range.split("-", 2);
            var first = Long.parseLong(ends[0]);
            var last = ends.length == 1 ? first : Long.parseLong(ends[1]);
            if (last < first || last - first >= MOST - ids.size())
                throw new IllegalArgumentException("not the events of a seal: " + range);
            for (var id = first; id <= last; id++) ids.add(id);
        }
        return new EventIds(ids);
    }

    boolean contains(long id) {
        return ids.contains(id);
    }

    int count() {
        return ids.size();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        var ahead = ids.iterator();
        var next = ahead.hasNext() ? ahead.next() : null;
        while (next != null) {
            var first = next;
            var last = next;
            next = ahead.hasNext() ? ahead.next() : null;
            while (next != null && next == last + 1) {
                last = next;
                next = ahead.hasNext() ? ahead.next() : null;
            }
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (last > first) text.append('-').append(last);
        }
        return text.toString();
    }
}
