package dev.dcr.config;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the accelerator lets a value borrow: <code>$ref{another.key}</code> of the same file, <code>$env{NAME}</code>
 * and <code>$sys{name}</code>. Anything else with a dollar sign is taken literally, passwords hold such things.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(ref|env|sys|secret)\\{([^}]*)}");

    private final TomlFile file;
    private final Set<String> open = new HashSet<>();

    Placeholders(TomlFile file) {
        this.file = file;
    }

    /**
     * The text with every placeholder replaced.
     *
     * @throws IllegalArgumentException if one names nothing
     */
    String resolve(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
    }

    private String value(MatchResult placeholder) {
        var name = placeholder.group(2).strip();
        return switch (placeholder.group(1)) {
            case "ref" -> reference(name);
            case "env" -> found(placeholder, System.getenv(name), "that environment variable is not set");
            case "sys" -> found(placeholder, System.getProperty(name), "that system property is not set");
            default ->
                throw new IllegalArgumentException(
                        "%s is not supported: use $env{NAME}, or name a file by the same key with _file"
                                .formatted(placeholder.group()));
        };
    }

    private String reference(String key) {
        if (!open.add(key)) throw new IllegalArgumentException("$ref{%s} refers to itself".formatted(key));
        var text = file.entry(key)
                .map(TomlFile.Entry::text)
                .orElseThrow(() -> new IllegalArgumentException("$ref{%s}: there is no such key".formatted(key)));
        var resolved = resolve(text);
        open.remove(key);
        return resolved;
    }

    private static String found(MatchResult placeholder, String value, String otherwise) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> new IllegalArgumentException(placeholder.group() + ": " + otherwise));
    }
}
