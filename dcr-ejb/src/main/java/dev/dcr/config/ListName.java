package dev.dcr.config;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How entries of a list are named: {@code issuers[0].iss}, and {@code ISSUERS_0__ISS} in the environment. */
final class ListName {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private ListName() {}

    /** The lists that a key is part of, outermost first. */
    static Stream<String> enclosing(String key) {
        return INDEX.matcher(key).results().map(index -> key.substring(0, index.start()));
    }

    /** The key without the numbers of entries: {@code issuers[].iss}. */
    static String withoutIndex(String key) {
        return INDEX.matcher(key).replaceAll("[]");
    }

    /** The environment variable that overrides a key, by the rule of MicroProfile Config. */
    static String inEnvironment(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
