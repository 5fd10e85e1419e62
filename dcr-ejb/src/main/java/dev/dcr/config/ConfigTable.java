package dev.dcr.config;

import dev.dcr.config.ConfigReader.Documented;
import dev.dcr.config.TomlFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One table of the configuration. An unusable value is noted as a problem and reads as if it were missing, so that
 * reading goes on; an empty string counts as missing.
 */
public final class ConfigTable {
    private final ConfigReader reader;
    private final String prefix;
    private final boolean used;

    ConfigTable(ConfigReader reader, String prefix, boolean used) {
        this.reader = reader;
        this.prefix = prefix;
        this.used = used;
    }

    /** The same table; where it is not used its values are still known keys, but never a problem. */
    public ConfigTable onlyIf(boolean used) {
        return new ConfigTable(reader, prefix, this.used && used);
    }

    /** A value, or else its default. */
    public <T> T value(String key, ValueType<T> type, T standard, String meaning) {
        document(key, type.name(), type.written().apply(standard), meaning);
        return read(key, type).orElse(standard);
    }

    /** A value that may be missing. */
    public <T> Optional<T> optional(String key, ValueType<T> type, String meaning) {
        document(key, type.name(), "", meaning);
        return read(key, type);
    }

    /** A string that must be there; empty if it is not, which is a problem then. */
    public String required(String key, String meaning) {
        document(key, ValueType.TEXT.name(), "required", meaning);
        var text = read(key, ValueType.TEXT);
        refuseUnset(key, "is missing");
        return text.orElse("");
    }

    /** A list of values, or else its default. */
    public <T> List<T> list(String key, ValueType<T> type, List<T> standard, String meaning) {
        var written = standard.stream()
                .map(type.written())
                .map(text -> '"' + text + '"')
                .toList();
        document(key, "list of " + type.name(), written.toString(), meaning);
        return reader.find(prefix + key)
                .map(found -> elements(key, found, type))
                .orElse(standard);
    }

    /** {@code algorithms}: the asymmetric JWS algorithms that are accepted, at least one. */
    public Set<String> algorithms(String meaning) {
        var algorithms = list("algorithms", ValueType.ALGORITHM, List.of("PS256", "ES256"), meaning);
        if (algorithms.isEmpty()) refuse("algorithms", "must name at least one algorithm");
        return Set.copyOf(algorithms);
    }

    /**
     * A secret: the key itself, or the content of the file that the same key with {@code _file} names. The higher
     * source wins; one source that has both is refused.
     */
    public Optional<String> secret(String key, String meaning) {
        var fileKey = key + "_file";
        document(key, "secret", "", meaning);
        document(fileKey, ValueType.FILE.name(), "", "A file that holds `" + key + "`, instead.");
        var given = given(key, fileKey);
        if (given.stream().map(Found::source).distinct().count() < given.size())
            refuse(fileKey, "stands beside %s; keep one of them".formatted(prefix + key));
        return given.stream()
                .min(Comparator.comparingInt(reader::rank))
                .flatMap(highest -> highest.key().equals(prefix + key)
                        ? read(key, ValueType.TEXT)
                        : read(fileKey, ValueType.FILE).flatMap(file -> content(fileKey, file)));
    }

    /** An array of tables, in the order of their numbers. */
    public <T> List<T> tables(String key, Function<ConfigTable, T> entry) {
        return reader.entries(prefix + key).stream()
                .map(index -> new ConfigTable(reader, prefix + key + "[" + index + "].", used))
                .map(entry)
                .toList();
    }

    /** Something is wrong with the key; the sentence goes on after its name. Values of secrets do not belong in it. */
    public void refuse(String key, String sentence) {
        if (used && !reader.isDescribing()) reader.problem(prefix + key, sentence);
    }

    /** The same, but only where no source sets the key: what is set and unusable was refused already. */
    public void refuseUnset(String key, String sentence) {
        if (!isSet(key)) refuse(key, sentence);
    }

    /** Whether any source says something, usable or not, about the key or the same key with {@code _file}. */
    public boolean isSet(String key) {
        return !given(key, key + "_file").isEmpty();
    }

    private List<Found> given(String... keys) {
        return Stream.of(keys)
                .flatMap(key -> reader.find(prefix + key).stream())
                .filter(found -> !found.isBlank())
                .toList();
    }

    private void document(String key, String type, String standard, String meaning) {
        reader.document(new Documented(ListName.withoutIndex(prefix + key), type, standard, meaning));
    }

    private <T> Optional<T> read(String key, ValueType<T> type) {
        return reader.find(prefix + key)
                .filter(found -> isOneOf(key, found, type.kinds(), type.name()))
                .flatMap(found -> attempt(key, found::text))
                .filter(text -> !text.isBlank())
                .flatMap(text -> attempt(key, () -> type.parse().apply(text)));
    }

    private <T> List<T> elements(String key, Found found, ValueType<T> type) {
        if (!isOneOf(key, found, Set.of(Kind.LIST), "list, such as [\"...\"]")) return List.of();
        return attempt(key, found::elements).orElse(List.of()).stream()
                .map(element -> attempt(key, () -> type.parse().apply(element)))
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean isOneOf(String key, Found found, Set<Kind> kinds, String expected) {
        if (found.isOneOf(kinds)) return true;
        refuse(key, "is of the wrong type; expected: " + expected);
        return false;
    }

    private <T> Optional<T> attempt(String key, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException unusable) {
            refuse(key, unusable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> content(String key, Path file) {
        try {
            var content = Files.readString(file).replaceFirst("\\R$", "");
            if (content.isEmpty()) refuse(key, "names an empty file");
            return Optional.of(content);
        } catch (IOException unreadable) {
            refuse(key, "cannot be read: " + unreadable);
            return Optional.empty();
        }
    }
}
