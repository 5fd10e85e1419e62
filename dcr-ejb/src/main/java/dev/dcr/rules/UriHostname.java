package dev.dcr.rules;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientUri;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages that a statement names lie on the host of its redirection URIs. Pages that it does not name are not missed. */
final class UriHostname {
    private static final List<String> PAGES = List.of("client_uri", "logo_uri", "policy_uri", "tos_uri");

    private UriHostname() {}

    static Stream<Violation> check(VerifiedRequest request, SoftwareStatement statement) {
        var stated = StatementRules.statedRedirectUris(statement);
        var uris = stated.isEmpty() ? request.metadata().redirectUris() : stated;
        var hosts = uris.stream().map(UriHostname::host).collect(Collectors.toSet());
        if (hosts.isEmpty()) return Stream.empty();
        return PAGES.stream()
                .flatMap(page -> Stream.of(page, "software_" + page))
                .flatMap(claim -> statement.string(claim).filter(uri -> !hosts.equals(Set.of(host(uri)))).stream()
                        .map(uri -> violation(claim, uri)));
    }

    private static Violation violation(String claim, String uri) {
        return Violation.metadata(
                "software_statement." + claim,
                "other_host",
                claim + " " + Quoted.of(uri) + " of the software statement must lie on the host of its redirect URIs");
    }

    private static String host(String uri) {
        return ClientUri.parse(uri)
                .map(ClientUri::host)
                .filter(host -> !host.isEmpty())
                .orElse(uri);
    }
}
