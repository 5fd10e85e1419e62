package dev.dcr.bench;

import java.util.Arrays;
import java.util.Locale;

/** What a load asks of a registration endpoint; the scripts of the first are those of wrk. */
enum Scenario {
    READ,
    UPDATE,
    CREATE,
    /** A request signed by the software, with a statement of its directory, each with a {@code jti} of its own. */
    CREATE_SIGNED,
    /** Create, read, update and delete, counted as four requests. */
    LIFE_CYCLE,
    DELETE,
    /** With an extension that answers after {@link Neighbours#EXTENSION_MILLIS}. */
    CREATE_EXTENSION;

    static Scenario of(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.title().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown scenario " + name));
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
