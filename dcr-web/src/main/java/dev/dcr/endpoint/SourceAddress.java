package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import dev.dcr.config.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a request really comes from. Each trusted proxy adds the address of its peer at the right end of a forwarding
 * header, so the caller is the right-most address that is not itself a trusted proxy; what stands left of it is hearsay.
 */
final class SourceAddress {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    /** Literals alone: a name would be looked up in the DNS. */
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    /** A hop with its port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}, {@code [2001:db8::1]}. */
    private static final Pattern HOST_PORT = Pattern.compile("\\[([^\\]]*)\\](:\\d+)?|([^:]*):\\d+");

    private SourceAddress() {}

    static String of(HttpServletRequest request, HttpConfig config) {
        var peer = request.getRemoteAddr();
        return config.trustedProxies().isEmpty() ? peer : of(peer, hops(request), config.trustedProxies());
    }

    static String of(String peer, List<String> hops, List<Network> proxies) {
        var source = peer;
        for (var i = hops.size() - 1; i >= 0 && isIn(proxies, source); i--) {
            var hop = address(hops.get(i));
            if (hop.isEmpty()) break;
            source = hop.get().getHostAddress();
        }
        return source;
    }

    /** Whether one of the networks holds the address. */
    static boolean isIn(List<Network> networks, String source) {
        return address(source)
                .filter(address -> networks.stream().anyMatch(network -> network.contains(address)))
                .isPresent();
    }

    /** What counts as one source: a holder of one IPv6 address has the 2^64 of its /64 network. */
    static String network(String source) {
        return source.indexOf(':') < 0
                ? source
                : address(source)
                        .filter(Inet6Address.class::isInstance)
                        .map(address -> Arrays.toString(Arrays.copyOf(address.getAddress(), 8)))
                        .orElse(source);
    }

    /** {@code X-Forwarded-For}; only without one {@code Forwarded} (RFC 7239 §5.2), which many proxies let pass as it comes. */
    private static List<String> hops(HttpServletRequest request) {
        var hops = elements(request, "X-Forwarded-For").toList();
        return hops.isEmpty()
                ? elements(request, "Forwarded").map(SourceAddress::forElement).toList()
                : hops;
    }

    private static Stream<String> elements(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip);
    }

    private static String forElement(String element) {
        return Arrays.stream(element.split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
                .map(pair -> pair.substring(4).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    static Optional<InetAddress> address(String hop) {
        var withPort = HOST_PORT.matcher(hop);
        var host = !withPort.matches() ? hop : withPort.group(1) != null ? withPort.group(1) : withPort.group(3);
        if (!LITERAL.matcher(host).matches()) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}
