package dev.dcr.config;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What nobody read of the file. In a table of ours that is a mistake; the accelerator's other tables, and its keys that
 * mean nothing here, are merely worth a line in the log.
 */
final class UnreadKeys {
    private static final List<String> OUR_TABLES = List.of(
            "dcr",
            "financial_services.extensions.endpoint",
            "financial_services.app_registration.dcr",
            "oauth.dcr",
            "oauth.mutualtls");

    /** Keys of the accelerator and of its identity server in those tables that have no counterpart here. */
    private static final Pattern WITHOUT_MEANING = Pattern.compile(Stream.of(
                    "financial_services\\.extensions\\.endpoint\\.allowed_headers",
                    "financial_services\\.app_registration\\.dcr\\."
                            + "(?:service_extension|jwks_endpoint_name|applicationupdater"
                            + "|use_software_id_for_app_name|use_softwareIdForAppName|jti_cache\\..*)",
                    "financial_services\\.app_registration\\.dcr\\.validators\\.validator\\[]\\.class",
                    "oauth\\.dcr\\.(?:enable_sector_identifier_uri_validation|authentication_required|mandate_ssa)")
            .collect(joining("|")));

    private static final int FARTHEST_TYPO = 3;

    private final TomlFile file;
    private final Set<String> known;

    UnreadKeys(TomlFile file, Set<String> known) {
        this.file = file;
        this.known = known;
    }

    List<String> problems() {
        return unread().filter(key -> isOurs(key) && !isWithoutMeaning(key))
                .map(key -> "%s: %s: unknown key%s".formatted(file.position(key), key, suggestion(key)))
                .toList();
    }

    List<String> notes() {
        var tables = unread().filter(key -> !isOurs(key)).map(UnreadKeys::foreignTable);
        var keys = unread().filter(this::isWithoutMeaning).map(ListName::withoutIndex);
        return Stream.concat(tables.distinct(), keys.distinct())
                .map(name -> "%s: %s: not used by this server".formatted(file.name(), name))
                .toList();
    }

    private Stream<String> unread() {
        return file.keys().stream().filter(key -> !isRead(key));
    }

    private boolean isRead(String key) {
        var name = ListName.withoutIndex(key);
        return switch (file.entry(key).orElseThrow().kind()) {
            case ELEMENT -> true;
            case EMPTY_TABLE -> OUR_TABLES.contains(key) || startsAKnownKey(name + ".");
            case LIST -> known.contains(name) || startsAKnownKey(name + "[]");
            default -> known.contains(name);
        };
    }

    private boolean startsAKnownKey(String start) {
        return known.stream().anyMatch(key -> key.startsWith(start));
    }

    private boolean isWithoutMeaning(String key) {
        return WITHOUT_MEANING.matcher(ListName.withoutIndex(key)).matches();
    }

    private static boolean isOurs(String key) {
        return OUR_TABLES.stream().anyMatch(table -> key.equals(table) || key.startsWith(table + "."));
    }

    /** The outermost table around a key of others that has none of ours in it. */
    private static String foreignTable(String key) {
        var segments = key.replaceAll("\\[\\d+]", "").split("\\.");
        var table = segments[0];
        for (int i = 1; i < segments.length - 1 && leadsToOurs(table); i++) table += "." + segments[i];
        return "[" + table + "]";
    }

    private static boolean leadsToOurs(String table) {
        return OUR_TABLES.stream().anyMatch(ours -> ours.startsWith(table + "."));
    }

    private String suggestion(String key) {
        var name = ListName.withoutIndex(key);
        var list = known.stream()
                .filter(candidate -> candidate.endsWith("[]"))
                .map(candidate -> candidate.substring(0, candidate.length() - 2))
                .filter(candidate -> name.startsWith(candidate + "."))
                .map("; tables of that name are written [[%s]]"::formatted)
                .findFirst();
        return list.or(() -> known.stream()
                        .filter(candidate -> distance(name, candidate) <= FARTHEST_TYPO)
                        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                        .map("; did you mean %s?"::formatted))
                .orElse("");
    }

    /** Levenshtein's: how many letters must be put in, taken out or exchanged. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) row[j] = j;
        for (int i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                var exchange = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchange, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
