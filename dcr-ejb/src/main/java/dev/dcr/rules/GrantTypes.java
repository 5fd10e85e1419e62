package dev.dcr.rules;

import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.request.VerifiedRequest;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** RFC 7591 §2.1: grant types and response types must agree with each other, in both directions. */
final class GrantTypes implements Rule {
    /** RFC 7591 §2; the others are absolute URIs (RFC 6749 §4.5). */
    private static final Set<String> NAMED =
            Set.of("authorization_code", "implicit", "password", "client_credentials", "refresh_token");

    /** The words of IANA's "OAuth Authorization Endpoint Response Types". */
    private static final Set<String> WORDS = Set.of("code", "token", "id_token", "none", "vp_token");

    private static final Pattern SPACE = Pattern.compile(" ");

    private final boolean hybridWithoutImplicit;

    /** @param hybridWithoutImplicit whether {@code code id_token} may do without the implicit grant, as in FAPI */
    GrantTypes(boolean hybridWithoutImplicit) {
        this.hybridWithoutImplicit = hybridWithoutImplicit;
    }

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        var client = request.metadata();
        return Stream.of(
                        knownGrants(client),
                        knownResponses(client),
                        responsesNeedGrants(client),
                        grantsNeedResponses(client),
                        redirects(request))
                .flatMap(violations -> violations);
    }

    /** The words of a response type, whose order means nothing (RFC 6749 §3.1.1). */
    static Set<String> words(String responseType) {
        return Set.copyOf(SPACE.splitAsStream(responseType).toList());
    }

    private static Stream<Violation> knownGrants(ClientMetadata client) {
        return each(
                "grant_types",
                client.grantTypes(),
                grant -> !NAMED.contains(grant) && ClientUri.parse(grant).isEmpty(),
                "unknown_grant_type",
                "is no grant type: use a name of RFC 7591 or an absolute URI");
    }

    private static Stream<Violation> knownResponses(ClientMetadata client) {
        return each(
                "response_types",
                client.responseTypes(),
                type -> !isKnownResponse(type),
                "unknown_response_type",
                "is no response type: combine code, token and id_token, or use none alone");
    }

    private static boolean isKnownResponse(String type) {
        var words = SPACE.splitAsStream(type).toList();
        var distinct = Set.copyOf(words);
        return WORDS.containsAll(distinct)
                && distinct.size() == words.size()
                && (!distinct.contains("none") || words.size() == 1);
    }

    private Stream<Violation> responsesNeedGrants(ClientMetadata client) {
        return IntStream.range(0, client.responseTypes().size()).boxed().flatMap(i -> {
            var type = client.responseTypes().get(i);
            var words = words(type);
            var field = "response_types[" + i + "]";
            return Stream.concat(
                    needs(client, words.contains("code"), "authorization_code", field, type),
                    needs(client, needsImplicit(words), "implicit", field, type));
        });
    }

    private boolean needsImplicit(Set<String> words) {
        if (hybridWithoutImplicit && words.equals(Set.of("code", "id_token"))) return false;
        return words.contains("token") || words.contains("id_token");
    }

    private static Stream<Violation> needs(
            ClientMetadata client, boolean used, String grant, String field, String type) {
        return when(
                used && !client.grantTypes().contains(grant),
                Violation.metadata(
                        field,
                        "needs_grant_" + grant,
                        field + " " + Quoted.of(type) + " needs " + grant + " among grant_types"));
    }

    private static Stream<Violation> grantsNeedResponses(ClientMetadata client) {
        var words =
                client.responseTypes().stream().flatMap(SPACE::splitAsStream).toList();
        return Stream.concat(
                when(
                        client.grantTypes().contains("authorization_code") && !words.contains("code"),
                        Violation.metadata(
                                "response_types",
                                "needs_code",
                                "grant_types has authorization_code, which needs a response type with code")),
                when(
                        client.grantTypes().contains("implicit")
                                && !words.contains("token")
                                && !words.contains("id_token"),
                        Violation.metadata(
                                "response_types",
                                "needs_token",
                                "grant_types has implicit, which needs a response type with token or id_token")));
    }

    /** RFC 7591 §2: clients of flows with redirection MUST register their redirection URIs. */
    private static Stream<Violation> redirects(VerifiedRequest request) {
        var client = request.metadata();
        var redirected = client.grantTypes().contains("authorization_code")
                || client.grantTypes().contains("implicit")
                || !client.responseTypes().isEmpty();
        // a member of the wrong form was reported as such already
        var given = !request.requested()
                .getOrDefault("redirect_uris", JsonValue.NULL)
                .equals(JsonValue.NULL);
        var empty = client.redirectUris().isEmpty() && (client.has("redirect_uris") || !given);
        return when(
                redirected && empty,
                Violation.redirectUri(
                        "redirect_uris",
                        "required",
                        "redirect_uris must list a URI at least, for the grant types of this client use redirection"));
    }

    private static Stream<Violation> each(
            String member,
            List<String> values,
            java.util.function.Predicate<String> wrong,
            String code,
            String message) {
        return IntStream.range(0, values.size())
                .filter(i -> wrong.test(values.get(i)))
                .mapToObj(i -> Violation.metadata(
                        member + "[" + i + "]",
                        code,
                        member + "[" + i + "] " + Quoted.of(values.get(i)) + " " + message));
    }
}
