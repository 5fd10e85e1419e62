package dev.dcr.statement;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
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

    /** A claim that holds a string. */
    public Optional<String> string(String claim) {
        return claims.get(claim) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
