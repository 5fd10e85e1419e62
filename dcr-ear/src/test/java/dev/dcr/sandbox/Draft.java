package dev.dcr.sandbox;

import static com.nimbusds.jose.JOSEObjectType.JWT;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A JWT about to be signed, properly or not: a software statement or a registration request.
 *
 * @param claims its payload
 * @param header its JOSE header, {@code alg} and {@code kid} included
 * @param key    what {@link #sign} signs with
 */
public record Draft(JsonObject claims, Map<String, Object> header, SigningKey key) {
    private static final Duration HOUR = Duration.ofHours(1);

    static Draft of(JsonObject claims, SigningKey key) {
        return new Draft(claims, Map.of("alg", key.algorithm().getName(), "kid", key.id(), "typ", JWT.getType()), key);
    }

    /** The same claims but for these, RFC 7396 (JSON Merge Patch): {@code null} removes a claim. */
    public Draft with(JsonObject changes) {
        return new Draft(Json.patch(claims, changes), header, key);
    }

    /** The same claims but for this one: text, number, boolean, collection, map or JSON. */
    public Draft with(String claim, Object value) {
        return new Draft(Json.overlay(claims, Json.object(Map.of(claim, value))), header, key);
    }

    /** The same without this claim. */
    public Draft without(String claim) {
        return with(Json.object(Map.of(claim, JsonValue.NULL)));
    }

    /** {@code exp} an hour ago, {@code iat} two. */
    public Draft expired() {
        var now = Instant.now();
        return with("iat", now.minus(HOUR.multipliedBy(2)).getEpochSecond())
                .with("exp", now.minus(HOUR).getEpochSecond());
    }

    /** {@code nbf} an hour ahead. */
    public Draft notYetValid() {
        return with("nbf", Instant.now().plus(HOUR).getEpochSecond());
    }

    /** Issued this long ago. */
    public Draft issued(Duration ago) {
        return with("iat", Instant.now().minus(ago).getEpochSecond());
    }

    /** The same with one header parameter set: {@code jku}, {@code crit}, {@code typ} ... */
    public Draft header(String name, Object value) {
        var changed = new HashMap<>(header);
        changed.put(name, value);
        return new Draft(claims, Map.copyOf(changed), key);
    }

    /** Under a {@code kid} that this key does not have. */
    public Draft kid(String kid) {
        return header("kid", kid);
    }

    /** Signed by another key, under that key's {@code kid}. */
    public Draft by(SigningKey other) {
        return signedOnlyBy(other)
                .kid(other.id())
                .header("alg", other.algorithm().getName());
    }

    /** Signed by another key of the same algorithm, under the {@code kid} of the right one: a forgery. */
    public Draft signedOnlyBy(SigningKey other) {
        return new Draft(claims, header, other);
    }

    /** The compact JWS. */
    public String sign() {
        return key.sign(jose(header), claims.toString());
    }

    /** RFC 7519 §6: an unsecured JWT, {@code alg} {@code none} and no signature. */
    public String unsigned() {
        return encoded(Json.object(header("alg", "none").header())) + "." + encoded(claims) + ".";
    }

    /** HS256 with the public key as its secret (RFC 8725 §2.1). */
    public String signedWithPublicKey() {
        var hmac = header("alg", JWSAlgorithm.HS256.getName()).header();
        return SigningKey.sign(jose(hmac), claims.toString(), () -> new MACSigner(key.publicBytes()));
    }

    /** Properly signed, then a claim changed. */
    public String tampered(String claim, Object value) {
        var parts = sign().split("\\.", -1);
        return parts[0] + "." + encoded(with(claim, value).claims()) + "." + parts[2];
    }

    private static JWSHeader jose(Map<String, Object> header) {
        try {
            return JWSHeader.parse(header);
        } catch (ParseException e) {
            throw new IllegalArgumentException("no JWS header: " + header, e);
        }
    }

    private static String encoded(JsonObject json) {
        return Base64URL.encode(json.toString().getBytes(UTF_8)).toString();
    }
}
