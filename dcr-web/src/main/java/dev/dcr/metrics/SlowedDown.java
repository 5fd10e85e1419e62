package dev.dcr.metrics;

import java.util.Locale;

/** A request was answered 429, for whose limit was reached. */
public enum SlowedDown {
    SOURCE,
    CLIENT,
    SOFTWARE;

    /** The {@code limit} tag. */
    String limit() {
        return name().toLowerCase(Locale.ROOT);
    }
}
