package dev.dcr.rules;

import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.Member;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a software statement allows, and what it may say (RFC 7591 §2.3). Without a statement they all hold. */
final class StatementRules {
    private static final Pattern SPACE = Pattern.compile(" ");

    private StatementRules() {}

    static List<Rule> all() {
        return List.of(
                about(StatementRules::serverOwned),
                about(StatementRules::redirectUris),
                about(StatementRules::softwareId),
                about(StatementRules::scope));
    }

    private static Rule about(BiFunction<VerifiedRequest, SoftwareStatement, Stream<Violation>> check) {
        return request -> request.statement().stream().flatMap(statement -> check.apply(request, statement));
    }

    /** The identity and the credentials of a client are for this server to give, not for a directory. */
    private static Stream<Violation> serverOwned(VerifiedRequest request, SoftwareStatement statement) {
        return statement.claims().keySet().stream()
                .filter(Member::isServerOwned)
                .sorted()
                .map(name -> Violation.statement(
                        "software_statement." + name,
                        "server_owned",
                        "software_statement must not hold " + name + ", which this server sets"));
    }

    /** Every redirection URI must be one that the statement names, where it names any. */
    static Stream<Violation> redirectUris(VerifiedRequest request, SoftwareStatement statement) {
        var stated = statedRedirectUris(statement);
        if (stated.isEmpty()) return Stream.empty();
        var uris = request.metadata().redirectUris();
        return IntStream.range(0, uris.size())
                .filter(i -> !stated.contains(uris.get(i)))
                .mapToObj(i -> Violation.redirectUri(
                        "redirect_uris[" + i + "]",
                        "not_in_statement",
                        "redirect_uris[" + i + "] " + Quoted.of(uris.get(i))
                                + " must be one of the redirect URIs in the software statement"));
    }

    /** Both names under which a statement lists redirection URIs, the standard one first. */
    static List<String> statedRedirectUris(SoftwareStatement statement) {
        return Stream.of("redirect_uris", "software_redirect_uris")
                .flatMap(claim -> strings(statement, claim))
                .distinct()
                .toList();
    }

    static Stream<String> strings(SoftwareStatement statement, String claim) {
        return statement.claims().get(claim) instanceof JsonArray list
                ? list.stream().filter(JsonString.class::isInstance).map(value -> ((JsonString) value).getString())
                : Stream.empty();
    }

    private static Stream<Violation> softwareId(VerifiedRequest request, SoftwareStatement statement) {
        var requested = requested(request, "software_id");
        return statement.softwareId().stream()
                .flatMap(stated -> requested.filter(id -> !id.equals(stated)))
                .map(id -> Violation.metadata(
                        "software_id",
                        "not_in_statement",
                        "software_id " + Quoted.of(id) + " must be the one in the software statement"));
    }

    /** The scope asked for must lie within the statement's, where it states one. */
    private static Stream<Violation> scope(VerifiedRequest request, SoftwareStatement statement) {
        var stated = statement
                .string("scope")
                .map(SPACE::splitAsStream)
                .orElseGet(Stream::empty)
                .toList();
        var asked = Stream.concat(requested(request, "scope"), request.metadata().string("scope").stream());
        var beyond = asked.flatMap(SPACE::splitAsStream)
                .filter(word -> !stated.contains(word))
                .distinct()
                .toList();
        return when(
                !stated.isEmpty() && !beyond.isEmpty(),
                Violation.metadata(
                        "scope",
                        "not_in_statement",
                        "scope must stay within that of the software statement, which lacks "
                                + Quoted.of(String.join(" ", beyond))));
    }

    private static Stream<String> requested(VerifiedRequest request, String member) {
        return request.requested().get(member) instanceof JsonString text
                ? Stream.of(text.getString())
                : Stream.empty();
    }
}
