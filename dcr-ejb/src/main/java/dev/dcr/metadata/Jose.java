package dev.dcr.metadata;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of IANA's "JSON Web Signature and Encryption Algorithms" registry (RFC 7518, RFC 8037, RFC 8812, RFC 9864)
 * that may stand in client metadata, in the order in which they are offered.
 */
public final class Jose {
    /** RSAES-PKCS1-v1_5, which newer profiles do without. */
    public static final String RSA1_5 = "RSA1_5";

    /** Signatures by a private key. */
    static final Set<String> ASYMMETRIC_SIGNATURE = ordered(
            "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "EdDSA", "Ed25519",
            "Ed448", "ES256K");

    private static final Set<String> MAC = ordered("HS256", "HS384", "HS512");

    /** Every signature but {@code none}. */
    static final Set<String> SIGNATURE = union(ASYMMETRIC_SIGNATURE, MAC);
    /** Every signature, and {@code none} where a specification allows an unsigned object. */
    static final Set<String> SIGNATURE_OR_NONE = union(SIGNATURE, Set.of("none"));
    /** How a content encryption key is encrypted or agreed on: {@code alg} of a JWE. */
    static final Set<String> KEY_MANAGEMENT = ordered(
            "RSA-OAEP-256",
            "RSA-OAEP-384",
            "RSA-OAEP-512",
            "RSA-OAEP",
            "RSA1_5",
            "ECDH-ES",
            "ECDH-ES+A128KW",
            "ECDH-ES+A192KW",
            "ECDH-ES+A256KW",
            "A128KW",
            "A192KW",
            "A256KW",
            "A128GCMKW",
            "A192GCMKW",
            "A256GCMKW",
            "dir",
            "PBES2-HS256+A128KW",
            "PBES2-HS384+A192KW",
            "PBES2-HS512+A256KW");
    /** How content is encrypted: {@code enc} of a JWE. */
    static final Set<String> CONTENT_ENCRYPTION =
            ordered("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512");

    private Jose() {}

    /** Whether both sides of a signature share one secret. */
    public static boolean isMac(String algorithm) {
        return MAC.contains(algorithm);
    }

    /** Whether the signature is made with a private key. */
    public static boolean isSignature(String algorithm) {
        return ASYMMETRIC_SIGNATURE.contains(algorithm);
    }

    /** Whether an algorithm, of a signature or of key management, works with a secret that both sides know. */
    public static boolean isSymmetric(String algorithm) {
        return isMac(algorithm) || (KEY_MANAGEMENT.contains(algorithm) && !encryptsToPublicKey(algorithm));
    }

    /** Whether an algorithm, of a signature or of key management, works with a public key. */
    public static boolean isAsymmetric(String algorithm) {
        return isSignature(algorithm) || encryptsToPublicKey(algorithm);
    }

    private static boolean encryptsToPublicKey(String algorithm) {
        return KEY_MANAGEMENT.contains(algorithm) && (algorithm.startsWith("RSA") || algorithm.startsWith("ECDH-ES"));
    }

    private static Set<String> ordered(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        var all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }
}
