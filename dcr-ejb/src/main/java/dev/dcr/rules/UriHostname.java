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
        return PAGES.stream()
                .flatMap(page -> Stream.of(page, "software_" + page))
                .flatMap(claim -> statement.string(claim).stream()
                        .filter(uri -> !uri.isBlank() && !hosts.isEmpty() && !hosts.equals(Set.of(host(uri))))
                        .map(uri -> otherHost(claim, uri)));
    }

    private static Violation otherHost(String claim, String uri) {
        var field = "software_statement." + claim;
        return Violation.metadata(
                field, "other_host", field + " " + Quoted.of(uri) + " must lie on the host of the redirect URIs");
    }

    private static String host(String uri) {
        return ClientUri.parse(uri).map(ClientUri::host).orElse("");
    }
}
