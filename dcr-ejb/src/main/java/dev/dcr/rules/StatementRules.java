package dev.dcr.rules;

import static dev.dcr.rules.Rule.onStatement;

import dev.dcr.error.Violation;
import dev.dcr.metadata.Member;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a software statement allows, and what it may say (RFC 7591 §2.3). */
final class StatementRules {
    private static final Pattern SPACE = Pattern.compile(" ");

    private StatementRules() {}

    static List<Rule> all() {
        return List.of(
                onStatement(StatementRules::serverOwned),
                onStatement(StatementRules::redirectUris),
                onStatement(StatementRules::scope));
    }

    /** The identity and the credentials of a client are for this server to give, not for a directory. */
    private static Stream<Violation> serverOwned(VerifiedRequest request, SoftwareStatement statement) {
        return statement.claims().keySet().stream()
                .filter(Member::isServerOwned)
                .sorted()
                .map(name -> Breach.of(
                        "software_statement." + name, "server_owned", "must not be there: this server sets it"));
    }

    /** Every redirection URI must be one that the statement names, where it names any. */
    static Stream<Violation> redirectUris(VerifiedRequest request, SoftwareStatement statement) {
        var stated = statedRedirectUris(statement);
        return Breach.elements(
                request.metadata(),
                "redirect_uris",
                uri -> !stated.isEmpty() && !stated.contains(uri),
                "not_in_statement",
                "must be one of the redirect URIs in the software statement");
    }

    /** Both names under which a statement lists redirection URIs, the standard one first. */
    static List<String> statedRedirectUris(SoftwareStatement statement) {
        return Stream.of("redirect_uris", "software_redirect_uris")
                .flatMap(claim -> strings(statement, claim).stream())
                .distinct()
                .toList();
    }

    /** The strings of a claim that holds a list. */
    static List<String> strings(SoftwareStatement statement, String claim) {
        if (!(statement.claims().get(claim) instanceof JsonArray list)) return List.of();
        return list.stream()
                .filter(JsonString.class::isInstance)
                .map(element -> ((JsonString) element).getString())
                .toList();
    }

    /**
     * Open banking's directories identify who asks, and a request that names other software than its statement is a mistake
     * ("MUST be the same", OBIE DCR 3.3). Elsewhere the statement just wins, as with any member (RFC 7591 §2.3).
     */
    static Stream<Violation> softwareId(VerifiedRequest request, SoftwareStatement statement) {
        return statement.softwareId().stream()
                .flatMap(stated -> requested(request, "software_id")
                        .filter(id -> !id.equals(stated))
                        .map(id -> Breach.of(
                                "software_id", id, "not_in_statement", "must be the one in the software statement")));
    }

    /** The scope asked for must lie within the statement's, where it states one. */
    private static Stream<Violation> scope(VerifiedRequest request, SoftwareStatement statement) {
        var stated = words(statement.string("scope").stream());
        if (stated.isEmpty()) return Stream.empty();
        var asked = Stream.concat(requested(request, "scope"), request.metadata().string("scope").stream());
        var beyond = words(asked).stream()
                .filter(word -> !stated.contains(word))
                .sorted()
                .collect(Collectors.joining(" "));
        if (beyond.isEmpty()) return Stream.empty();
        return Stream.of(
                Breach.of("scope", beyond, "not_in_statement", "must be within the scope of the software statement"));
    }

    private static Set<String> words(Stream<String> scopes) {
        return scopes.flatMap(SPACE::splitAsStream)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Stream<String> requested(VerifiedRequest request, String member) {
        return request.requested().get(member) instanceof JsonString text
                ? Stream.of(text.getString())
                : Stream.empty();
    }
}
