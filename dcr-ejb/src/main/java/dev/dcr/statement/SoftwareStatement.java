package dev.dcr.statement;

import com.nimbusds.jose.jwk.JWKSet;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;

/**
 * A software statement whose signature and time claims were verified (RFC 7591 §2.3).
 *
 * @param compact the JWS as received; it goes back to the client unmodified
 * @param claims  its payload
 */
public record SoftwareStatement(String compact, JsonObject claims) {

    /** {@code iss}: the directory that vouches for the software. */
    public String issuer() {
        return claims.getString("iss");
    }

    /** {@code software_id}: the same for every registration of one piece of software. */
    public Optional<String> softwareId() {
        return string("software_id");
    }

    /** Where the software publishes its keys: {@code software_jwks_endpoint} of open banking, or {@code jwks_uri}. */
    public Optional<URI> jwksUri() {
        return string("software_jwks_endpoint").or(() -> string("jwks_uri")).flatMap(SoftwareStatement::address);
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

    private static Optional<URI> address(String text) {
        try {
            var address = URI.create(text);
            return address.getHost() == null ? Optional.empty() : Optional.of(address);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
