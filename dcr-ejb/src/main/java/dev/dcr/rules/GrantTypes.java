package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.request.VerifiedRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

    /** The words of a response type, whose order means nothing (RFC 6749 §3.1.1). */
    static Set<String> words(String responseType) {
        return Set.copyOf(list(responseType));
    }

    private static List<String> list(String responseType) {
        return List.of(SPACE.split(responseType, -1));
    }

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        var client = request.metadata();
        return Stream.of(
                        knownGrants(client),
                        knownResponses(client),
                        responsesNeed("authorization_code", client, words -> words.contains("code")),
                        responsesNeed("implicit", client, this::needsImplicit),
                        grantsNeedResponses(client),
                        redirectUris(client))
                .flatMap(violations -> violations);
    }

    private static Stream<Violation> knownGrants(ClientMetadata client) {
        return Breach.elements(
                client,
                "grant_types",
                grant -> !NAMED.contains(grant) && ClientUri.parse(grant).isEmpty(),
                "unknown_grant_type",
                "is no grant type: use a name of RFC 7591 or an absolute URI");
    }

    private static Stream<Violation> knownResponses(ClientMetadata client) {
        return Breach.elements(
                client,
                "response_types",
                type -> !isKnown(type),
                "unknown_response_type",
                "is no response type: combine code, token and id_token, or use none alone");
    }

    private static boolean isKnown(String responseType) {
        var words = words(responseType);
        var repeated = list(responseType).size() > words.size();
        return WORDS.containsAll(words) && !repeated && (words.size() == 1 || !words.contains("none"));
    }

    private static Stream<Violation> responsesNeed(String grant, ClientMetadata client, Predicate<Set<String>> using) {
        if (client.grantTypes().contains(grant)) return Stream.empty();
        return Breach.elements(
                client,
                "response_types",
                type -> using.test(words(type)),
                "needs_" + grant,
                "needs " + grant + " among grant_types");
    }

    private boolean needsImplicit(Set<String> words) {
        if (hybridWithoutImplicit && words.equals(Set.of("code", "id_token"))) return false;
        return words.contains("token") || words.contains("id_token");
    }

    private static Stream<Violation> grantsNeedResponses(ClientMetadata client) {
        var words = client.responseTypes().stream()
                .map(GrantTypes::words)
                .flatMap(Set::stream)
                .toList();
        var grants = client.grantTypes();
        return Stream.concat(
                Breach.when(
                        grants.contains("authorization_code") && !words.contains("code"),
                        "response_types",
                        "needs_code",
                        "must name one with code, for grant_types has authorization_code"),
                Breach.when(
                        grants.contains("implicit") && !words.contains("token") && !words.contains("id_token"),
                        "response_types",
                        "needs_token",
                        "must name one with token or id_token, for grant_types has implicit"));
    }

    /** RFC 7591 §2: "Clients using flows with redirection MUST register their redirection URI values". */
    private static Stream<Violation> redirectUris(ClientMetadata client) {
        var redirected = client.grantTypes().contains("authorization_code")
                || client.grantTypes().contains("implicit")
                || !client.responseTypes().isEmpty();
        return Breach.when(
                redirected && client.redirectUris().isEmpty(),
                "redirect_uris",
                "required",
                "must list at least one URI, for the grant types of this client use redirection");
    }
}
