package dev.dcr.config;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML file as a flat map: {@code a.b} for a key of a table, {@code a.b[0].c} for one of an array of tables. A list
 * of scalars stands there joined by commas, and its elements once more by index. What is wrong with the file is kept,
 * not thrown, so that it is reported together with everything else.
 */
final class TomlFile {

    /** What a key holds. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        LIST,
        ELEMENT,
        EMPTY_TABLE,
        OTHER
    }

    /** One key of the file. */
    record Entry(String text, Kind kind) {}

    private final String name;
    private final String origin;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private TomlFile(String name, String origin) {
        this.name = name;
        this.origin = origin;
    }

    /** No file at all. */
    static TomlFile none() {
        return new TomlFile("", "no deployment.toml");
    }

    /** A file that must be there. */
    static TomlFile read(Path path) {
        var file = new TomlFile(
                path.getFileName().toString(), path.toAbsolutePath().toString());
        if (!Files.isRegularFile(path)) {
            file.problems.add("%s: there is no such file, though dcr.config names it".formatted(path));
            return file;
        }
        try {
            return file.parsed(Files.readString(path));
        } catch (IOException unreadable) {
            file.problems.add("%s: cannot be read: %s".formatted(path, unreadable));
            return file;
        }
    }

    /** A file's content, under the name that messages give it. */
    static TomlFile parse(String name, String content) {
        return new TomlFile(name, name).parsed(content);
    }

    private TomlFile parsed(String content) {
        var toml = Toml.parse(content);
        for (var error : toml.errors()) problems.add(sentence(error));
        if (problems.isEmpty()) flatten("", toml);
        return this;
    }

    /** The parser quotes what it stumbled over, which may be a password without its quotes. */
    private String sentence(TomlParseError error) {
        var message = error.getMessage().replaceFirst("Unexpected '.*', expected", "Unexpected text, expected");
        return "%s:%d:%d: %s"
                .formatted(name, error.position().line(), error.position().column(), message);
    }

    private void flatten(String prefix, TomlTable table) {
        for (var key : table.keySet()) {
            var path = List.of(key);
            add(prefix + Toml.joinKeyPath(path), table.get(path), table.inputPositionOf(path));
        }
    }

    private void add(String key, Object value, TomlPosition position) {
        if (position != null) lines.put(key, position.line());
        if (value instanceof TomlTable table) {
            if (table.isEmpty()) entries.put(key, new Entry("", Kind.EMPTY_TABLE));
            flatten(key + ".", table);
        } else if (value instanceof TomlArray array) {
            addArray(key, array);
        } else {
            entries.put(key, new Entry(String.valueOf(value), kind(value)));
        }
    }

    private void addArray(String key, TomlArray array) {
        var elements = array.toList();
        for (int i = 0; i < elements.size(); i++) add(key + "[" + i + "]", elements.get(i), array.inputPositionOf(i));
        if (elements.stream().anyMatch(TomlTable.class::isInstance)) return;
        for (int i = 0; i < elements.size(); i++)
            entries.computeIfPresent(key + "[" + i + "]", (k, element) -> new Entry(element.text(), Kind.ELEMENT));
        var nested = elements.stream().anyMatch(TomlArray.class::isInstance);
        var joined =
                elements.stream().map(String::valueOf).map(CommaList::escape).collect(joining(","));
        entries.put(key, new Entry(joined, nested ? Kind.OTHER : Kind.LIST));
    }

    private static Kind kind(Object value) {
        if (value instanceof String) return Kind.TEXT;
        if (value instanceof Long) return Kind.NUMBER;
        return value instanceof Boolean ? Kind.FLAG : Kind.OTHER;
    }

    /** The same file without the arrays of tables that another one has too: tables of two files are never mixed. */
    TomlFile yieldingTo(TomlFile other) {
        var rest = new TomlFile(name, origin);
        rest.lines.putAll(lines);
        entries.forEach((key, entry) -> {
            if (ListName.enclosing(key).noneMatch(other::hasList)) rest.entries.put(key, entry);
        });
        return rest;
    }

    private boolean hasList(String list) {
        return entries.containsKey(list) || entries.keySet().stream().anyMatch(key -> key.startsWith(list + "["));
    }

    String name() {
        return name;
    }

    /** For the log: which file this is. */
    String origin() {
        return origin;
    }

    List<String> problems() {
        return problems;
    }

    Set<String> keys() {
        return entries.keySet();
    }

    Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Where the key stands, or else the table that it is missing from: {@code deployment.toml:12}. */
    String position(String key) {
        for (var at = key; !at.isEmpty(); at = enclosing(at))
            if (lines.containsKey(at)) return name + ":" + lines.get(at);
        return name;
    }

    private static String enclosing(String key) {
        return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
    }
}
