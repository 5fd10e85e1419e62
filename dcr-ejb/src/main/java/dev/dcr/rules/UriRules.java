package dev.dcr.rules;

import static dev.dcr.rules.Rule.onMetadata;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.metadata.Fault;
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
                .flatMap(name -> Member.named(name).stream().flatMap(member -> https(member, name, client)));
    }

    /** A key set that a statement names may lie on the operator's own network: the outbound rules decide on fetching it. */
    private static Optional<String> vouchedKeySet(VerifiedRequest request) {
        return request.statement()
                .flatMap(SoftwareStatement::jwksUri)
                .filter(address -> "http".equalsIgnoreCase(address.getScheme()))
                .map(URI::toString);
    }

    private static Stream<Violation> https(Member member, String name, ClientMetadata client) {
        return switch (member.type()) {
            case HTTPS_URI -> client.string(name).stream().flatMap(uri -> breaches(member, name, uri));
            case HTTPS_URIS -> {
                var uris = client.strings(name);
                yield IntStream.range(0, uris.size())
                        .boxed()
                        .flatMap(i -> breaches(member, name + "[" + i + "]", uris.get(i)));
            }
            default -> Stream.empty();
        };
    }

    private static Stream<Violation> breaches(Member member, String field, String text) {
        return ClientUri.parse(text)
                .map(uri -> Stream.of(uri.faults(), scheme(uri), fragment(uri, member))
                        .flatMap(faults -> faults))
                .orElseGet(() -> Stream.of(ClientUri.NOT_A_URI))
                .map(fault -> Breach.of(field, text, fault.code(), fault.demand()));
    }

    private static Stream<Fault> scheme(ClientUri uri) {
        return Fault.when(!uri.isHttps(), "not_https", "must use https");
    }

    /** A page may be opened at one of its parts; a request object's fragment is its hash (OIDC Core §6.2). */
    private static Stream<Fault> fragment(ClientUri uri, Member member) {
        var allowed = member.taggable() || member.type() == MemberType.HTTPS_URIS;
        return Fault.when(uri.hasFragment() && !allowed, "has_fragment", "must not have a fragment");
    }

    /** OIDC Front-Channel Logout §2: scheme, host and port MUST be those of a registered redirection URI. */
    private static Stream<Violation> frontChannelLogout(ClientMetadata client) {
        return Breach.value(
                client,
                "frontchannel_logout_uri",
                text -> ClientUri.parse(text)
                        .filter(uri ->
                                redirectUris(client).map(ClientUri::origin).noneMatch(uri.origin()::equals))
                        .isPresent(),
                "other_origin",
                "must have the scheme, host and port of one of redirect_uris");
    }

    /** OIDC Core §8.1: pairwise subjects need a sector identifier where redirection URIs have several hosts. */
    private static Stream<Violation> sectorOfPairwise(ClientMetadata client) {
        var pairwise = client.string("subject_type").filter("pairwise"::equals).isPresent();
        return Breach.when(
                pairwise && !client.has("sector_identifier_uri") && hasSeveralHosts(client),
                "sector_identifier_uri",
                "required",
                "is needed, for subject_type is pairwise and redirect_uris have several hosts");
    }

    private static boolean hasSeveralHosts(ClientMetadata client) {
        return redirectUris(client).map(ClientUri::host).distinct().count() > 1;
    }

    private static Stream<ClientUri> redirectUris(ClientMetadata client) {
        return client.redirectUris().stream().map(ClientUri::parse).flatMap(Optional::stream);
    }
}
