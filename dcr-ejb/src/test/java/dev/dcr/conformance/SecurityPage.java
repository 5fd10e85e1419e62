package dev.dcr.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page below {@code docs} that says what is so, and names the tests and the keys that make it so. */
record SecurityPage(Path file, String text) {
    private static final Path DOCS = Path.of("..", "docs");

    /** {@code Class}, {@code Class#method}, or {@code #method} of the class named last. */
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT))?(?:#([a-z]\\w*))?`");

    /** A key or a table of the configuration, with or without a value. */
    private static final Pattern KEY =
            Pattern.compile("`((?:dcr|oauth|financial_services)(?:\\.[a-z_]+)+)(?: = [^`]*)?`");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern TABLE = Pattern.compile("### `\\[+([a-z_.]+)]+`");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\|.*");

    static SecurityPage of(String name) throws IOException {
        var file = DOCS.resolve(name);
        return new SecurityPage(file, Files.readString(file));
    }

    /** The tests that it names, as {@code Class} or {@code Class#method}. */
    Set<String> tests() {
        var named = new TreeSet<String>();
        var type = "";
        for (var found : TEST.matcher(text).results().toList()) {
            if (found.group(1) != null) type = found.group(1);
            if (found.group(2) != null) named.add(type + '#' + found.group(2));
            else if (found.group(1) != null) named.add(type);
        }
        return named;
    }

    /** The keys and tables of the configuration that it names. */
    Set<String> keys() {
        return KEY.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files that it leads to. */
    List<Path> links() {
        return LINK.matcher(text)
                .results()
                .map((MatchResult found) -> DOCS.resolve(found.group(1)))
                .toList();
    }

    /** Whether a line names a test or a key, or says that the risk is taken. */
    static boolean isSettled(String line) {
        return TEST.matcher(line).results().anyMatch(found -> found.end() - found.start() > 2)
                || KEY.matcher(line).find()
                || line.contains("accepted: ");
    }

    /** Every key and table that this page describes, being the reference of the configuration. */
    Set<String> described() {
        var described = new TreeSet<String>();
        var table = "";
        for (var line : text.lines().toList()) {
            var heading = TABLE.matcher(line);
            var row = ROW.matcher(line);
            if (heading.matches()) described.add(table = heading.group(1));
            else if (row.matches()) described.add(table + '.' + row.group(1));
        }
        return described;
    }
}
