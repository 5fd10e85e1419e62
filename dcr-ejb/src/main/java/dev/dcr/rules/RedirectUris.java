package dev.dcr.rules;

import static dev.dcr.rules.Rule.when;

import dev.dcr.error.Quoted;
import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.ClientUri;
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
            "chrome",
            "chrome-extension",
            "content",
            "cid",
            "data",
            "file",
            "filesystem",
            "ftp",
            "gopher",
            "intent",
            "jar",
            "javascript",
            "ldap",
            "mailto",
            "mid",
            "moz-extension",
            "sms",
            "tel",
            "urn",
            "vbscript",
            "view-source",
            "ws",
            "wss",
            "ms-browser-extension",
            "livescript",
            "mocha",
            "res",
            "shell",
            "ssh",
            "telnet");

    @Override
    public Stream<Violation> check(VerifiedRequest request) {
        return Member.all().stream()
                .filter(member -> member.type() == MemberType.REDIRECT_URIS)
                .flatMap(member -> check(member.name(), request.metadata()));
    }

    private static Stream<Violation> check(String member, ClientMetadata client) {
        var kind = member.equals("redirect_uris") ? Kind.INVALID_REDIRECT_URI : Kind.INVALID_CLIENT_METADATA;
        var uris = client.strings(member);
        return IntStream.range(0, uris.size()).boxed().flatMap(i -> {
            var field = member + "[" + i + "]";
            return Stream.concat(faults(uris.get(i), client), duplicate(uris, i))
                    .map(fault -> new Violation(
                            kind, field, fault.code(), field + " " + Quoted.of(uris.get(i)) + " " + fault.demand()));
        });
    }

    /** Everything wrong with one redirection URI of a client. */
    private static Stream<ClientUri.Fault> faults(String text, ClientMetadata client) {
        return ClientUri.parse(text)
                .map(uri -> Stream.of(uri.faults(), fragment(uri), wildcard(uri), scheme(uri, client))
                        .flatMap(s -> s))
                .orElseGet(() -> Stream.of(new ClientUri.Fault(
                        "not_a_uri", "must be an absolute URI in ASCII, anything else percent-encoded")));
    }

    /** RFC 6749 §3.1.2: "The endpoint URI MUST NOT include a fragment component." */
    private static Stream<ClientUri.Fault> fragment(ClientUri uri) {
        return when(uri.hasFragment(), new ClientUri.Fault("has_fragment", "must not have a fragment"));
    }

    /** RFC 9700 §4.1.3: redirection URIs are compared as strings, so that a pattern would match only itself. */
    private static Stream<ClientUri.Fault> wildcard(ClientUri uri) {
        return when(uri.hasWildcard(), new ClientUri.Fault("has_wildcard", "must be exact, without a wildcard"));
    }

    private static Stream<ClientUri.Fault> scheme(ClientUri uri, ClientMetadata client) {
        var web = client.applicationType().filter("web"::equals).isPresent();
        if (FORBIDDEN.contains(uri.scheme())) {
            return fault("forbidden_scheme", "must not use the scheme " + uri.scheme());
        }
        return switch (uri.scheme()) {
            case "https" ->
                when(
                        web && uri.isLoopback() && client.grantTypes().contains("implicit"),
                        new ClientUri.Fault(
                                "localhost", "must not lead to localhost: a web client with the implicit grant"));
            case "http" -> http(uri, web);
            default -> privateUse(uri, web);
        };
    }

    /** RFC 8252 §7.3: plain http never leaves the device. */
    private static Stream<ClientUri.Fault> http(ClientUri uri, boolean web) {
        if (web) return fault("not_https", "must use https; only native clients may use http, to localhost");
        return when(
                !uri.isLoopback(),
                new ClientUri.Fault(
                        "not_https", "must use https; http may only lead to localhost, 127.0.0.1 or [::1]"));
    }

    /** RFC 8252 §7.1 and §8.4: a scheme of the app's own, under a domain name of its own. */
    private static Stream<ClientUri.Fault> privateUse(ClientUri uri, boolean web) {
        if (web) return fault("not_https", "must use https; schemes of an app's own are for application_type native");
        return when(
                !uri.hasReverseDomainScheme(),
                new ClientUri.Fault(
                        "scheme_without_domain",
                        "must use https or a scheme that is a domain name of yours in reverse, such as com.example.app"));
    }

    private static Stream<ClientUri.Fault> duplicate(List<String> uris, int i) {
        return when(
                uris.subList(0, i).contains(uris.get(i)), new ClientUri.Fault("duplicate", "must be listed once only"));
    }

    private static Stream<ClientUri.Fault> fault(String code, String demand) {
        return Stream.of(new ClientUri.Fault(code, demand));
    }
}
