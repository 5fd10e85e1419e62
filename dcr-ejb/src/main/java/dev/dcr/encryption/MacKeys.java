package dev.dcr.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticates texts by HMAC-SHA-256 (RFC 2104). A code names its key, by the first bytes of the hash of the operator's
 * key that it was derived from, so that older keys keep proving what they once signed.
 */
public final class MacKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 4;

    /** What a code says about a text. */
    public enum Proof {
        GENUINE,
        FORGED,
        /** Nothing: its key is not among those configured. */
        KEY_UNKNOWN
    }

    private final Map<String, SecretKeySpec> keys;

    private MacKeys(Map<String, SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * Keys for one purpose; knowing them tells nothing of those they come from (HMAC as in HKDF-Expand, RFC 5869 §2.3).
     *
     * @param secrets the first makes codes, all of them check
     */
    public static MacKeys derivedFrom(List<byte[]> secrets, String purpose) {
        var derived = new LinkedHashMap<String, SecretKeySpec>();
        for (var secret : secrets) {
            var key = hmac(new SecretKeySpec(secret, ALGORITHM), purpose + '\u0001');
            derived.putIfAbsent(idOf(secret), new SecretKeySpec(key, ALGORITHM));
        }
        if (derived.isEmpty()) throw new IllegalArgumentException("there is no key");
        return new MacKeys(derived);
    }

    /** A code for the text, by the first key. */
    public String sign(String text) {
        var first = keys.entrySet().iterator().next();
        return first.getKey() + '.' + code(first.getValue(), text);
    }

    /** Checks a code. */
    public Proof check(String text, String signature) {
        var parts = signature.split("\\.", 2);
        var key = keys.get(parts[0]);
        if (key == null) return Proof.KEY_UNKNOWN;
        var genuine =
                parts.length == 2 && MessageDigest.isEqual(code(key, text).getBytes(UTF_8), parts[1].getBytes(UTF_8));
        return genuine ? Proof.GENUINE : Proof.FORGED;
    }

    /** Whether the code is of the key that would sign now. */
    public boolean isOfFirstKey(String signature) {
        return signature.startsWith(keys.keySet().iterator().next() + '.');
    }

    private static String code(SecretKeySpec key, String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, text));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    private static String idOf(byte[] secret) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(secret);
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
