package dev.dcr.config;

import static java.util.stream.Collectors.joining;

import dev.dcr.config.TomlFile.Kind;
import dev.dcr.error.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * A type that a configuration value may have.
 *
 * @param name    what the reference page calls it
 * @param kinds   the TOML types it may be written in
 * @param parse   from its text; throws an IllegalArgumentException whose message completes "the key ..."
 * @param written back to text, for the reference page
 */
public record ValueType<T>(String name, Set<Kind> kinds, Function<String, T> parse, Function<T, String> written) {
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    public static final ValueType<String> TEXT = ofText("string", Function.identity());
    /** The accelerator's files write booleans as strings, too. */
    public static final ValueType<Boolean> FLAG =
            new ValueType<>("boolean", Set.of(Kind.FLAG, Kind.TEXT), ValueType::flag, String::valueOf);

    /** An absolute http or https URL without userinfo and fragment. */
    public static final ValueType<URI> URL = ofText("URL", ValueType::url);
    /** Such a URL as paths are appended to: without a query, and any trailing slash taken off. */
    public static final ValueType<URI> BASE_URL = ofText("URL", ValueType::baseUrl);
    /** A web origin (RFC 6454 §6.2), or {@code *} for any. */
    public static final ValueType<String> ORIGIN = ofText("origin", ValueType::origin);

    /** The name of a host, without a port. */
    public static final ValueType<String> HOST = ofText("host", ValueType::host);

    public static final ValueType<Network> NETWORK = ofText("CIDR", Network::parse);
    /** The name of an asymmetric JWS algorithm (RFC 7518 §3.1, RFC 8037). */
    public static final ValueType<String> ALGORITHM = ofText("JWS algorithm", ValueType::algorithm);
    /** A file that can be read. */
    public static final ValueType<Path> FILE = ofText("file", ValueType::file);

    /** A type that is written as a TOML string. */
    public static <T> ValueType<T> ofText(String name, Function<String, T> parse) {
        return new ValueType<>(name, Set.of(Kind.TEXT), parse, String::valueOf);
    }

    /** A whole number within bounds, both included. */
    public static ValueType<Integer> number(int least, int most) {
        return new ValueType<>(
                "integer", Set.of(Kind.NUMBER, Kind.TEXT), text -> number(text, least, most), String::valueOf);
    }

    /** A whole number of seconds within bounds, both included. */
    public static ValueType<Duration> seconds(int least, int most) {
        return new ValueType<>(
                "seconds",
                Set.of(Kind.NUMBER, Kind.TEXT),
                text -> Duration.ofSeconds(number(text, least, most)),
                duration -> String.valueOf(duration.toSeconds()));
    }

    /** A constant by its name in lower case. */
    public static <E extends Enum<E>> ValueType<E> choice(E[] constants) {
        return choice(constants, constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** A constant by the name that configuration gives it, in any case. */
    public static <E> ValueType<E> choice(E[] constants, Function<E, String> configured) {
        var names = Arrays.stream(constants)
                .map(configured)
                .map(name -> '"' + name + '"')
                .toList();
        return new ValueType<>(
                names.stream().collect(joining(" or ")),
                Set.of(Kind.TEXT),
                text -> Arrays.stream(constants)
                        .filter(constant -> configured.apply(constant).equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "must be one of %s, not %s".formatted(String.join(", ", names), Quoted.of(text)))),
                configured);
    }

    /** The same type under one more condition. */
    public ValueType<T> checked(Function<T, T> check) {
        return new ValueType<>(name, kinds, parse.andThen(check), written);
    }

    private static Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, not " + Quoted.of(text));
        };
    }

    private static Integer number(String text, int least, int most) {
        try {
            var number = Integer.valueOf(text);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException notANumber) {
            // the sentence below says all there is to say
        }
        throw new IllegalArgumentException("must be a whole number %s, not %s"
                .formatted(
                        most == Integer.MAX_VALUE ? "of at least " + least : "from %d to %d".formatted(least, most),
                        Quoted.of(text)));
    }

    /** The text is not repeated in a refusal: it may hold a password. */
    private static URI url(String text) {
        var rule = "must be an absolute http or https URL without user name and fragment";
        try {
            var url = new URI(text);
            var http = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) return url;
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(rule, malformed);
        }
        throw new IllegalArgumentException(rule);
    }

    private static URI baseUrl(String text) {
        if (url(text).getRawQuery() != null) throw new IllegalArgumentException("must be a URL without a query");
        return URI.create(text.replaceFirst("/+$", ""));
    }

    private static String origin(String text) {
        if (text.equals("*")) return text;
        var url = url(text);
        if (text.equalsIgnoreCase(url.getScheme() + "://" + url.getRawAuthority())) return text;
        throw new IllegalArgumentException(
                "must be \"*\" or an origin such as https://app.example (no path), not " + Quoted.of(text));
    }

    private static String host(String text) {
        if (text.matches("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]")) return text.toLowerCase(Locale.ROOT);
        throw new IllegalArgumentException(
                "must be the name of a host, without scheme and port, not " + Quoted.of(text));
    }

    private static String algorithm(String text) {
        if (ASYMMETRIC.contains(text)) return text;
        throw new IllegalArgumentException("must be an asymmetric JWS algorithm (%s), not %s"
                .formatted(ASYMMETRIC.stream().sorted().collect(joining(", ")), Quoted.of(text)));
    }

    private static Path file(String text) {
        var path = Path.of(text);
        if (Files.isRegularFile(path) && Files.isReadable(path)) return path;
        throw new IllegalArgumentException("must name a file that can be read, there is none at " + Quoted.of(text));
    }
}
