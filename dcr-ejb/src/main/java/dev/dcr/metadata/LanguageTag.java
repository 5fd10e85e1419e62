package dev.dcr.metadata;

import java.util.IllformedLocaleException;
import java.util.Locale;

/** The language tag behind a {@code #} in a member's name (RFC 7591 §2.2). */
final class LanguageTag {
    private LanguageTag() {}

    /** The name without its tag. */
    static String base(String name) {
        var hash = name.indexOf('#');
        return hash < 0 ? name : name.substring(0, hash);
    }

    /** Whether the name has a tag that is well-formed by BCP 47. */
    static boolean isTagged(String name) {
        var hash = name.indexOf('#');
        return hash >= 0 && hash < name.length() - 1 && isWellFormed(name.substring(hash + 1));
    }

    private static boolean isWellFormed(String tag) {
        try {
            new Locale.Builder().setLanguageTag(tag);
            return true;
        } catch (IllformedLocaleException illFormed) {
            return false;
        }
    }
}
