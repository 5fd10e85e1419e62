package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
import dev.dcr.metadata.Fault;
import dev.dcr.metadata.Member;
import dev.dcr.metadata.MemberType;
import dev.dcr.request.VerifiedRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Addresses to which a browser is sent with something in its hands, checked one by one (RFC 6749 §3.1.2, RFC 8252,
 * RFC 9700 §4.1, OpenID Connect Registration §2). A client of unknown type may use what a native one may.
 */
final class RedirectUris implements Rule {
    /** Schemes that run code, read local data, or lead to another program than the client. */
    private static final Set<String> FORBIDDEN = Set.of(
            "about",
            "blob",
            "cid",
            "content",
            "data",
            "file",
            "filesystem",
            "ftp",
            "intent",
            "jar",
            "javascript",
            "ldap",
            "livescript",
            "mailto",
            "mid",
            "mocha",
            "res",
            "sms",
            "ssh",
            "tel",
            "telnet",
            "urn",
            "vbscript",
            "view-source",
            "ws",
            "wss");

    private static final List<String> MEMBERS = Member.all().stream()
            .filter(member -> member.type() == MemberType.REDIRECT_URIS)
            .map(Member::name)
            .toList();

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return MEMBERS.stream().flatMap(member -> check(member, request.metadata()));
    }

    private static Stream<Violation> check(String member, ClientMetadata client) {
        var uris = client.strings(member);
        return IntStream.range(0, uris.size())
                .boxed()
                .flatMap(i -> Stream.concat(faults(uris.get(i), client), duplicate(uris, i))
                        .map(fault -> Breach.of(member + "[" + i + "]", uris.get(i), fault.code(), fault.demand())));
    }

    private static Stream<Fault> faults(String text, ClientMetadata client) {
        var parsed = ClientUri.parse(text);
        if (parsed.isEmpty()) return Stream.of(ClientUri.NOT_A_URI);
        var uri = parsed.get();
        return Stream.of(uri.faults(), fragment(uri), wildcard(uri), scheme(uri, client))
                .flatMap(faults -> faults);
    }

    /** RFC 6749 §3.1.2: "The endpoint URI MUST NOT include a fragment component." */
    private static Stream<Fault> fragment(ClientUri uri) {
        return Fault.when(uri.hasFragment(), "has_fragment", "must not have a fragment");
    }

    /** RFC 9700 §4.1.3: redirection URIs are compared as strings, so that a pattern would match only itself. */
    private static Stream<Fault> wildcard(ClientUri uri) {
        return Fault.when(uri.hasWildcard(), "has_wildcard", "must be exact, without a wildcard");
    }

    private static Stream<Fault> scheme(ClientUri uri, ClientMetadata client) {
        var web = client.applicationType().filter("web"::equals).isPresent();
        if (FORBIDDEN.contains(uri.scheme())) {
            return Fault.when(true, "forbidden_scheme", "must not use the scheme " + uri.scheme());
        }
        return switch (uri.scheme()) {
            case "https" ->
                Fault.when(
                        web && uri.isLocal() && client.grantTypes().contains("implicit"),
                        "localhost",
                        "must not lead to localhost, for this is a web client with the implicit grant");
            case "http" -> http(uri, web);
            default -> privateUse(uri, web);
        };
    }

    /** RFC 8252 §7.3: plain http never leaves the device. */
    private static Stream<Fault> http(ClientUri uri, boolean web) {
        return Fault.when(
                web || !uri.isLoopback(),
                "not_https",
                "must use https; only native clients may use http, to localhost, 127.0.0.1 or [::1]");
    }

    /** RFC 8252 §7.1 and §8.4: a scheme of the app's own, under a domain name of its own. */
    private static Stream<Fault> privateUse(ClientUri uri, boolean web) {
        if (web) {
            return Fault.when(true, "not_https", "must use https; an app's own scheme needs application_type native");
        }
        return Fault.when(
                !uri.hasReverseDomainScheme(),
                "scheme_without_domain",
                "must use https or a scheme that is a domain name of yours in reverse, such as com.example.app");
    }

    private static Stream<Fault> duplicate(List<String> uris, int i) {
        return Fault.when(uris.subList(0, i).contains(uris.get(i)), "duplicate", "must be listed once only");
    }
}
