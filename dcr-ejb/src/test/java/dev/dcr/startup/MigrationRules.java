package dev.dcr.startup;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What may stand in the file of a migration, so that it holds up nobody on a table of ten million rows that others use:
 * nothing that reads or writes a whole table under a lock that requests wait for. What is not known to be harmless is not
 * allowed.
 */
final class MigrationRules {
    private static final Pattern NEW_TABLE = Pattern.compile("create table (\\w+) .*");
    private static final Pattern INDEX = Pattern.compile("create (?:unique )?index \\w+ on (\\w+) .*");
    private static final Pattern CONCURRENT_DROP = Pattern.compile("drop index \\$\\{concurrently} if exists (\\w+)");
    private static final Pattern CONCURRENT_INDEX =
            Pattern.compile("create (?:unique )?index \\$\\{concurrently} (\\w+) on \\w+ ?\\(.*");
    private static final Pattern ALTER = Pattern.compile("alter table (\\w+) (.*)");

    /** A default that is a constant is kept beside the table; one that must be computed is written into every row. */
    private static final Pattern NEW_COLUMN =
            Pattern.compile("add column \\w+ [\\w${}]+(?: ?\\([\\d, ]+\\))?(?: with time zone)?"
                    + "(?: default (?:-?\\d+|'[^']*'|true|false)(?: not null)?)?");

    private static final Pattern LESS =
            Pattern.compile("drop (?:column|constraint) \\w+|alter column \\w+ drop (?:default|not null)"
                    + "|alter column \\w+ set default (?:-?\\d+|'[^']*'|true|false)");
    private static final Pattern HARMLESS =
            Pattern.compile("drop table \\w+|insert into \\w+ (?:\\([^)]*\\) )?values .*");

    private MigrationRules() {}

    /** The statements of this file that break a rule. */
    static List<String> breaches(String file) {
        var statements = statements(file);
        if (file.contains("${concurrently}")) return concurrently(statements);
        var fresh = statements.stream()
                .map(NEW_TABLE::matcher)
                .filter(table -> table.matches())
                .map(table -> table.group(1))
                .collect(toSet());
        return statements.stream()
                .filter(statement -> !isHarmless(statement, fresh))
                .toList();
    }

    /** Such a file runs outside of a transaction: it may end half-way, and is then run once more from its start. */
    private static List<String> concurrently(List<String> statements) {
        var drop = statements.size() == 2 ? CONCURRENT_DROP.matcher(statements.get(0)) : null;
        var create = statements.size() == 2 ? CONCURRENT_INDEX.matcher(statements.get(1)) : null;
        var isRepeatable = drop != null
                && drop.matches()
                && create.matches()
                && drop.group(1).equals(create.group(1));
        return isRepeatable ? List.of() : statements;
    }

    private static boolean isHarmless(String statement, Set<String> fresh) {
        var index = INDEX.matcher(statement);
        if (index.matches()) return fresh.contains(index.group(1));
        var alter = ALTER.matcher(statement);
        if (alter.matches()) return fresh.contains(alter.group(1)) || isHarmlessChange(alter.group(2));
        return Stream.of(NEW_TABLE, HARMLESS)
                .anyMatch(pattern -> pattern.matcher(statement).matches());
    }

    private static boolean isHarmlessChange(String change) {
        return Stream.of(NEW_COLUMN, LESS)
                .anyMatch(pattern -> pattern.matcher(change).matches());
    }

    private static List<String> statements(String file) {
        var withoutComments = file.replaceAll("--[^\\n]*", "");
        return Arrays.stream(withoutComments.split(";"))
                .map(statement -> statement.strip().replaceAll("\\s+", " ").toLowerCase(ROOT))
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
