package dev.dcr.statement;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.nimbusds.jose.jwk.JWKSet;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A software statement whose signature and time claims were verified (RFC 7591 §2.3).
 *
 * @param compact the JWS as received; it goes back to the client unmodified
 * @param claims  its payload
 */
public record SoftwareStatement(String compact, JsonObject claims) {
    private static final int GREATEST_PORT = 65_535;

    /** {@code iss}: the directory that vouches for the software. */
    public String issuer() {
        return claims.getString("iss");
    }

    /** {@code software_id}: the same for every registration of one piece of software. */
    public Optional<String> softwareId() {
        return string("software_id");
    }

    /** The software among that of all issuers, each of which gives its identifiers by itself. */
    public Optional<String> software() {
        return softwareId().map(id -> issuer() + " " + id);
    }

    /**
     * Where the software publishes its keys: {@code jwks_uri}, or else open banking's {@code software_jwks_endpoint} or
     * {@code software_jwks_uri}. The first that says something is also what the client registers.
     */
    public Optional<URI> jwksUri() {
        return Stream.of("jwks_uri", "software_jwks_endpoint", "software_jwks_uri")
                .flatMap(claim -> string(claim).stream())
                .filter(not(String::isBlank))
                .findFirst()
                .flatMap(SoftwareStatement::address);
    }

    /**
     * The roles that the software may play: those of {@code software_statement_roles} whose status is active, where a
     * directory writes that claim, else {@code software_roles}, a list or one word.
     */
    public Set<String> activeRoles() {
        if (claims.get("software_statement_roles") instanceof JsonArray roles) {
            return roles.stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonValue::asJsonObject)
                    .filter(SoftwareStatement::isActive)
                    .map(role -> role.getString("role", ""))
                    .collect(toUnmodifiableSet());
        }
        var roles = claims.get("software_roles") instanceof JsonArray list
                ? list
                : List.of(claims.getOrDefault("software_roles", JsonValue.NULL));
        return roles.stream()
                .filter(JsonString.class::isInstance)
                .map(role -> ((JsonString) role).getString())
                .collect(toUnmodifiableSet());
    }

    /** Without a status it is; with one that cannot be read it is not. */
    private static boolean isActive(JsonObject role) {
        return !role.containsKey("status") || role.getString("status", "").equalsIgnoreCase("Active");
    }

    /** {@code jwks}: the keys of the software by value. */
    public Optional<JWKSet> jwks() {
        try {
            return claims.get("jwks") instanceof JsonObject keys
                    ? Optional.of(JWKSet.parse(keys.toString()))
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** A claim that holds a string. */
    public Optional<String> string(String claim) {
        return claims.get(claim) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    /** Whether there is anybody to ask there at all; plain http is only for hosts that the operator lists. */
    private static boolean isCallable(URI address) {
        var isWeb = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
        return isWeb && address.getHost() != null && address.getPort() <= GREATEST_PORT;
    }

    private static Optional<URI> address(String text) {
        try {
            var address = URI.create(text);
            return isCallable(address) ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
