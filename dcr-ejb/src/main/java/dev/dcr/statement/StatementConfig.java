package dev.dcr.statement;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose software statements are believed.
 *
 * @param issuers   the directories ({@code dcr.software_statement.issuers}, or {@code oauth.dcr.ssa_jkws})
 * @param maxAge    greatest age since {@code iat}; empty for no limit ({@code dcr.software_statement.max_age})
 * @param reuse     whether one {@code software_id} may have several clients ({@code dcr.software_statement.reuse})
 * @param clockSkew how far the clocks of issuer and server may differ ({@code dcr.software_statement.clock_skew})
 */
public record StatementConfig(List<Issuer> issuers, Optional<Duration> maxAge, Reuse reuse, Duration clockSkew) {

    private static final Duration NO_LIMIT = Duration.ZERO;

    /** Whether one {@code software_id} may have several living clients. */
    public enum Reuse {
        ALLOW,
        ONE_CLIENT
    }

    /**
     * One directory.
     *
     * @param iss          its {@code iss} claim; {@code *} stands for any, as the accelerator's {@code ssa_jkws} does
     * @param jwksUri      where its keys are published
     * @param jwksFile     a file that holds its keys, instead
     * @param algorithms   the JWS algorithms accepted from it, asymmetric ones only
     * @param allowedHosts the hosts that its statements may name for a client's own key set, beside public ones
     * @param maxAge       greatest age of its statements; empty for that of all issuers
     * @param type         the {@code typ} of its statements' headers; empty for any (RFC 8725 §3.11)
     * @param members      the client metadata that its own claims stand for, by the claim's name
     */
    public record Issuer(
            String iss,
            Optional<URI> jwksUri,
            Optional<Path> jwksFile,
            Set<String> algorithms,
            Set<String> allowedHosts,
            Optional<Duration> maxAge,
            Optional<String> type,
            Map<String, String> members) {

        private static final ValueType<Path> JWKS_FILE = ValueType.FILE.checked(Issuer::publicKeys);

        private static Issuer from(ConfigTable issuer) {
            var uri = issuer.optional("jwks_uri", ValueType.URL, "Where its keys are published.");
            var file = issuer.optional("jwks_file", JWKS_FILE, "A file with its keys as a JWK Set, instead.");
            if (issuer.isSet("jwks_uri") == issuer.isSet("jwks_file"))
                issuer.refuse("jwks_uri", "either jwks_uri or jwks_file must name the issuer's keys, and not both");
            return new Issuer(
                    issuer.required("iss", "`iss` of its statements; `*` stands for any."),
                    uri,
                    file,
                    issuer.algorithms("JWS algorithms accepted from it."),
                    Set.copyOf(issuer.list(
                            "allowed_hosts",
                            ValueType.HOST,
                            uri.map(Issuer::host).stream().toList(),
                            "Hosts beside public ones that it may name; the host of `jwks_uri` by default.")),
                    issuer.optional(
                            "max_age",
                            ValueType.seconds(1, Integer.MAX_VALUE),
                            "Greatest age of its statements; that of all issuers by default."),
                    issuer.optional("typ", ValueType.TEXT, "`typ` of its statements' headers; any by default."),
                    members(issuer));
        }

        private static Map<String, String> members(ConfigTable issuer) {
            var members = new LinkedHashMap<String, String>();
            issuer.tables(
                    "claims",
                    entry -> members.put(
                            entry.required("claim", "A claim of this issuer's own."),
                            entry.required("member", "The client metadata that it stands for.")));
            return Map.copyOf(members);
        }

        private static Issuer any(URI jwksUri) {
            return new Issuer(
                    "*",
                    Optional.of(jwksUri),
                    Optional.empty(),
                    Set.of("PS256", "ES256"),
                    Set.of(host(jwksUri)),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());
        }

        private static String host(URI uri) {
            return uri.getHost().toLowerCase(Locale.ROOT);
        }

        private static Path publicKeys(Path file) {
            try {
                var keys = JWKSet.load(file.toFile()).getKeys();
                if (!keys.isEmpty() && keys.stream().noneMatch(JWK::isPrivate)) return file;
            } catch (IOException | ParseException malformed) {
                throw new IllegalArgumentException("must name a JWK Set (RFC 7517), which this file is not", malformed);
            }
            throw new IllegalArgumentException("must name a JWK Set with public keys and nothing else");
        }
    }

    /** Reads the keys named above. */
    public static StatementConfig from(ConfigReader config) {
        var statement = config.table("dcr.software_statement");
        var maxAge = statement.value(
                "max_age",
                ValueType.seconds(0, Integer.MAX_VALUE),
                NO_LIMIT,
                "Greatest age since `iat`; 0 for no limit.");
        return new StatementConfig(
                issuers(
                        statement,
                        config.table("oauth.dcr")
                                .optional(
                                        "ssa_jkws",
                                        ValueType.URL,
                                        "Keys of the one directory, where `dcr.software_statement.issuers` is empty.")),
                Optional.of(maxAge).filter(age -> !age.equals(NO_LIMIT)),
                statement.value(
                        "reuse",
                        ValueType.choice(Reuse.values()),
                        Reuse.ALLOW,
                        "Whether one `software_id` may have several living clients."),
                statement.value(
                        "clock_skew",
                        ValueType.seconds(0, 600),
                        Duration.ofSeconds(30),
                        "How far the clocks of issuer and server may differ."));
    }

    private static List<Issuer> issuers(ConfigTable statement, Optional<URI> acceleratorKeys) {
        var seen = new HashSet<String>();
        var issuers = statement.tables("issuers", entry -> {
            var issuer = Issuer.from(entry);
            if (!issuer.iss().isEmpty() && !seen.add(issuer.iss())) entry.refuse("iss", "is there twice");
            return issuer;
        });
        return issuers.isEmpty() ? acceleratorKeys.map(Issuer::any).stream().toList() : issuers;
    }

    /** The directory that an {@code iss} claim names. */
    public Optional<Issuer> issuer(String iss) {
        return issuers.stream()
                .filter(issuer -> issuer.iss().equals(iss))
                .findFirst()
                .or(() -> issuers.stream()
                        .filter(issuer -> issuer.iss().equals("*"))
                        .findFirst());
    }
}
