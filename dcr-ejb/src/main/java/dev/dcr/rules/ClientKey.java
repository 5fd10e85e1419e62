package dev.dcr.rules;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.Fault;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One key of a client's JWK set (RFC 7517 §4), and everything wrong with it. */
record ClientKey(Optional<JWK> jwk, boolean hasCertificate, List<Fault> faults) {
    /** RFC 7518 §6: the members that only the owner of a key may know. */
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

    private static final Set<String> TYPES = Set.of("RSA", "EC", "OKP");

    /** Checked on their own, to tell a bad certificate from a bad key. */
    private static final Set<String> CERTIFICATE = Set.of("x5c", "x5t", "x5t#S256", "x5u");

    private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521", "secp256k1");

    /** RFC 8037 §2: curves whose public keys are plain octets, and how many. */
    private static final Map<String, Integer> OCTETS = Map.of("Ed25519", 32, "X25519", 32, "Ed448", 57, "X448", 56);

    private static final Set<KeyOperation> PRIVATE_OPERATIONS =
            Set.of(KeyOperation.SIGN, KeyOperation.DECRYPT, KeyOperation.UNWRAP_KEY);
    private static final int SHORTEST_RSA = 2048;
    private static final int LONGEST_RSA = 16_384;

    /**
     * Reads a key. Private and symmetric material is not looked at any further. Keys of a kind that is not known here are
     * good for nothing and no fault: RFC 7517 §5 has them ignored, so that a set may hold keys of newer kinds.
     */
    static ClientKey read(JsonObject json) {
        var kty = json.get("kty") instanceof JsonString string ? string.getString() : "";
        if (kty.equals("oct")) return faulty("symmetric_key", "must be a public key; symmetric keys are secrets");
        if (PRIVATE.stream().anyMatch(json::containsKey)) {
            return faulty(
                    "private_key", "must be a public key; having been sent, its private part is no secret any more");
        }
        if (kty.isEmpty()) return faulty("no_key_type", "must have a kty, such as RSA, EC or OKP");
        if (!TYPES.contains(kty) || isOnUnknownCurve(json, kty))
            return new ClientKey(Optional.empty(), false, List.of());
        return parse(json)
                .map(key -> new ClientKey(
                        Optional.of(key),
                        json.containsKey("x5c"),
                        faults(key, json).toList()))
                .orElseGet(() -> faulty("bad_key", "must be a well-formed JWK with all members that its kty needs"));
    }

    /** Whether the key is good for the algorithm, and meant for it. */
    boolean isUsableFor(String algorithm) {
        return faults.isEmpty()
                && jwk.filter(key -> KeyFit.isUsable(key, algorithm)).isPresent();
    }

    /** Whether the key is good for one signature algorithm at least, and meant for signatures. */
    boolean canSign() {
        return faults.isEmpty() && jwk.filter(KeyFit::canSign).isPresent();
    }

    private static boolean isOnUnknownCurve(JsonObject json, String kty) {
        if (!(json.get("crv") instanceof JsonString crv)) return false;
        return switch (kty) {
            case "EC" -> !CURVES.contains(crv.getString());
            case "OKP" -> !OCTETS.containsKey(crv.getString());
            default -> false;
        };
    }

    private static ClientKey faulty(String code, String demand) {
        return new ClientKey(Optional.empty(), false, List.of(new Fault(code, demand)));
    }

    private static Optional<JWK> parse(JsonObject json) {
        var bare = StrictJson.PROVIDER.createObjectBuilder(json);
        CERTIFICATE.forEach(bare::remove);
        try {
            return Optional.of(JWK.parse(bare.build().toString()));
        } catch (ParseException | IllegalArgumentException | IllegalStateException malformed) {
            return Optional.empty();
        }
    }

    private static Stream<Fault> faults(JWK key, JsonObject json) {
        var certificates = Optional.<JsonValue>ofNullable(json.get("x5c")).stream();
        return Stream.of(strength(key), purpose(key), certificates.flatMap(x5c -> Certificates.faults(key, x5c)))
                .flatMap(faults -> faults);
    }

    private static Stream<Fault> strength(JWK key) {
        if (key instanceof RSAKey rsa) return rsa(rsa);
        // parsing an elliptic curve key checks that its point lies on the curve
        if (!(key instanceof OctetKeyPair pair)) return Stream.empty();
        var octets = OCTETS.get(pair.getCurve().getName());
        return Fault.when(pair.getDecodedX().length != octets, "bad_key", "must have an x of " + octets + " octets");
    }

    private static Stream<Fault> rsa(RSAKey key) {
        var bits = key.getModulus().decodeToBigInteger().bitLength();
        var exponent = key.getPublicExponent().decodeToBigInteger();
        return Stream.concat(
                Fault.when(
                        bits < SHORTEST_RSA || bits > LONGEST_RSA,
                        "weak_key",
                        "must have a modulus of " + SHORTEST_RSA + " to " + LONGEST_RSA + " bits, not of " + bits),
                Fault.when(
                        exponent.compareTo(BigInteger.TWO) <= 0 || !exponent.testBit(0),
                        "weak_exponent",
                        "must have an odd public exponent of at least 3"));
    }

    /** RFC 7517 §4.2 to §4.4: {@code use}, {@code key_ops} and {@code alg} must tell the same story. */
    private static Stream<Fault> purpose(JWK key) {
        var algorithm = Optional.ofNullable(key.getAlgorithm()).map(Algorithm::getName);
        return Stream.of(
                        Fault.when(
                                algorithm
                                        .filter(name -> !KeyFit.fits(key, name))
                                        .isPresent(),
                                "wrong_alg",
                                "must have an alg that its kty and crv can be used with"),
                        Fault.when(
                                algorithm
                                        .filter(name -> KeyFit.contradicts(key.getKeyUse(), name))
                                        .isPresent(),
                                "wrong_use",
                                "must have a use that agrees with its alg"),
                        Fault.when(
                                operatesPrivately(key),
                                "bad_key_ops",
                                "must have the key_ops of a public key: verify, encrypt or wrapKey"))
                .flatMap(faults -> faults);
    }

    private static boolean operatesPrivately(JWK key) {
        return key.getKeyOperations() != null && key.getKeyOperations().stream().anyMatch(PRIVATE_OPERATIONS::contains);
    }
}
