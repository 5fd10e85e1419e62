package dev.dcr.metadata;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A URI that a client registers (RFC 3986). It is compared and stored as the string it came as, never normalised; what
 * different software could read differently is a fault.
 */
public final class ClientUri {
    /** RFC 8252 §7.3 and §8.3. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** RFC 8252 §7.1: a domain name under the client's control, in reverse order. */
    private static final Pattern REVERSE_DOMAIN = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");

    private static final Pattern NOT_IN_A_URI = Pattern.compile("[^!-~]|[\"<>\\\\^`{|}]");
    private static final Pattern ENCODED_CONTROL = Pattern.compile("%([01][0-9a-f]|7f|5c)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]+(\\.[0-9]+){3}");
    private static final int GREATEST_PORT = 65_535;

    private final String text;
    private final URI uri;

    private ClientUri(String text, URI uri) {
        this.text = text;
        this.uri = uri;
    }

    /** What is wrong with a text that is no URI. */
    public static final Fault NOT_A_URI =
            new Fault("not_a_uri", "must be an absolute URI in ASCII, anything else percent-encoded");

    /** Reads an absolute URI; empty where the text is none, whatever it is. */
    public static Optional<ClientUri> parse(String text) {
        if (NOT_IN_A_URI.matcher(text).find()) return Optional.empty();
        try {
            var uri = new URI(text);
            return uri.isAbsolute() ? Optional.of(new ClientUri(text, uri)) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** The scheme, in lower case. */
    public String scheme() {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** The host, in lower case, an IPv6 address in brackets; empty where there is none. */
    public String host() {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    /** Scheme, host and port, for comparing origins (RFC 6454 §4). */
    public String origin() {
        var port = uri.getPort() >= 0 ? uri.getPort() : scheme().equals("https") ? 443 : 80;
        return scheme() + "://" + host() + ":" + port;
    }

    public boolean isHttps() {
        return scheme().equals("https");
    }

    /** Whether it leads to the device that the browser runs on: one of the three forms of RFC 8252 §7.3, any port. */
    public boolean isLoopback() {
        return LOOPBACK.contains(host());
    }

    /** Whether it leads to that device in any spelling (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5). */
    public boolean isLocal() {
        var name = host().endsWith(".") ? host().substring(0, host().length() - 1) : host();
        return name.equals("localhost") || name.endsWith(".localhost") || isLocalAddress(name);
    }

    private static boolean isLocalAddress(String host) {
        if (!ADDRESS.matcher(host).matches()) return false;
        try {
            var address = InetAddress.getByName(host); // a literal: nobody is asked
            return address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    /** Whether an app on a device could own the scheme (RFC 8252 §7.1). */
    public boolean hasReverseDomainScheme() {
        return REVERSE_DOMAIN.matcher(scheme()).matches();
    }

    /** Whether it ends in a fragment, though it be empty. */
    public boolean hasFragment() {
        return text.indexOf('#') >= 0;
    }

    /** Whether it holds a {@code *}, which some servers would match with anything. */
    public boolean hasWildcard() {
        return text.indexOf('*') >= 0;
    }

    /** Faults of any URI, whatever its scheme and use. */
    public Stream<Fault> faults() {
        return Stream.of(
                        Fault.when(
                                isWeb() && host().isEmpty(),
                                "no_host",
                                "must name a host by its domain name or address"),
                        Fault.when(hasUserInfo(), "has_userinfo", "must not hold a user name or password"),
                        Fault.when(hasDotSegment(), "has_dot_segment", "must not hold the path segments . or .."),
                        Fault.when(
                                ENCODED_CONTROL.matcher(text).find(),
                                "bad_character",
                                "must not hold encoded control characters or backslashes"),
                        Fault.when(hasBadPort(), "bad_port", "must have a port from 1 to 65535, or none"),
                        Fault.when(
                                HostScripts.mixed(host()),
                                "mixed_scripts",
                                "must not mix writing systems within a label of its host name"))
                .flatMap(faults -> faults);
    }

    private boolean isWeb() {
        return isHttps() || scheme().equals("http");
    }

    private boolean hasUserInfo() {
        return uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0;
    }

    private boolean hasDotSegment() {
        return uri.getRawPath() != null && DOT_SEGMENT.matcher(uri.getRawPath()).find();
    }

    private boolean hasBadPort() {
        return uri.getHost() != null && (uri.getPort() == 0 || uri.getPort() > GREATEST_PORT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientUri that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The URI as it came. */
    @Override
    public String toString() {
        return text;
    }
}
