package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;
import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.metadata.Member;
import dev.dcr.metadata.MemberType;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Addresses of a client's pages, images and endpoints. */
final class UriRules {
    private UriRules() {}

    static List<Rule> all() {
        return List.of(
                UriRules::https, onMetadata(UriRules::frontChannelLogout), onMetadata(UriRules::sectorOfPairwise));
    }

    private static Stream<Violation> https(VerifiedRequest request) {
        var client = request.metadata();
        var vouched = vouchedKeySet(request);
        return client.json().keySet().stream()
                .filter(name -> !name.equals("jwks_uri") || !client.jwksUri().equals(vouched))
                .sorted()
                .flatMap(name -> Member.named(name).stream().flatMap(member -> switch (member.type()) {
                    case HTTPS_URI -> client.string(name).stream().flatMap(uri -> faults(member, name, uri));
                    case HTTPS_URIS ->
                        IntStream.range(0, client.strings(name).size())
                                .boxed()
                                .flatMap(i -> faults(
                                        member,
                                        name + "[" + i + "]",
                                        client.strings(name).get(i)));
                    default -> Stream.empty();
                }));
    }

    /** A key set that a statement names may lie on the operator's own network: the outbound rules decide on fetching it. */
    private static Optional<String> vouchedKeySet(VerifiedRequest request) {
        return request.statement()
                .flatMap(SoftwareStatement::jwksUri)
                .filter(address -> "http".equalsIgnoreCase(address.getScheme()))
                .map(URI::toString);
    }

    private static Stream<Violation> faults(Member member, String field, String text) {
        return ClientUri.parse(text)
                .map(uri -> Stream.of(
                                uri.faults(),
                                when(!uri.isHttps(), new ClientUri.Fault("not_https", "must use https")),
                                when(
                                        uri.hasFragment() && !mayHaveFragment(member),
                                        new ClientUri.Fault("has_fragment", "must not have a fragment")))
                        .flatMap(faults -> faults))
                .orElseGet(() -> Stream.of(new ClientUri.Fault(
                        "not_a_uri", "must be an absolute URI in ASCII, anything else percent-encoded")))
                .map(fault ->
                        Violation.metadata(field, fault.code(), field + " " + Quoted.of(text) + " " + fault.demand()));
    }

    /** A page may be opened at one of its parts; a request object's fragment is its hash (OIDC Core §6.2). */
    private static boolean mayHaveFragment(Member member) {
        return member.taggable() || member.type() == MemberType.HTTPS_URIS;
    }

    /** OIDC Front-Channel Logout §2: scheme, host and port MUST be those of a registered redirection URI. */
    private static Stream<Violation> frontChannelLogout(ClientMetadata client) {
        var origins = client.redirectUris().stream()
                .map(ClientUri::parse)
                .flatMap(Optional::stream)
                .map(ClientUri::origin)
                .toList();
        return client.string("frontchannel_logout_uri").flatMap(ClientUri::parse).stream()
                .filter(uri -> !origins.contains(uri.origin()))
                .map(uri -> Violation.metadata(
                        "frontchannel_logout_uri",
                        "foreign_origin",
                        "frontchannel_logout_uri must have the scheme, host and port of one of redirect_uris"));
    }

    /** OIDC Core §8.1: pairwise subjects need a sector identifier where redirection URIs have several hosts. */
    private static Stream<Violation> sectorOfPairwise(ClientMetadata client) {
        var pairwise = client.string("subject_type").filter("pairwise"::equals).isPresent();
        var hosts = client.redirectUris().stream()
                .map(ClientUri::parse)
                .flatMap(Optional::stream)
                .map(ClientUri::host)
                .distinct()
                .count();
        return when(
                pairwise && hosts > 1 && !client.has("sector_identifier_uri"),
                Violation.metadata(
                        "sector_identifier_uri",
                        "required",
                        "sector_identifier_uri is needed: subject_type is pairwise and redirect_uris have several hosts"));
    }
}
