package dev.dcr.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts client secrets at rest by AES-256-GCM. A sealed secret names its key by the first bytes of the key's hash, so
 * that older keys keep decrypting what they once encrypted, and is bound to its client: moved to another row it does not
 * open.
 */
final class SecretCipher {
    private static final int KEY_BYTES = 32;
    private static final int KEY_ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<ByteBuffer, SecretKeySpec> keys = new LinkedHashMap<>();

    /** @param keys 32 bytes each; the first encrypts, all decrypt */
    SecretCipher(List<byte[]> keys) {
        for (var key : keys) {
            if (key.length != KEY_BYTES)
                throw new IllegalArgumentException("a key must have 32 bytes, not " + key.length);
            this.keys.putIfAbsent(idOf(key), new SecretKeySpec(key, "AES"));
        }
        if (this.keys.isEmpty()) throw new IllegalArgumentException("there is no key");
    }

    String seal(String secret, String clientId) {
        var current = keys.entrySet().iterator().next();
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var encrypted = run(Cipher.ENCRYPT_MODE, current.getValue(), nonce, clientId, secret.getBytes(UTF_8));
        var sealed = ByteBuffer.allocate(KEY_ID_BYTES + NONCE_BYTES + encrypted.length)
                .put(current.getKey().duplicate())
                .put(nonce)
                .put(encrypted);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    /** @throws IllegalStateException if the key is not among those configured, or the text was tampered with */
    String open(String sealed, String clientId) {
        var bytes = Base64.getUrlDecoder().decode(sealed);
        var key = keys.get(idIn(bytes));
        if (key == null) throw new IllegalStateException("the key of a client secret is not among the configured ones");
        var nonce = Arrays.copyOfRange(bytes, KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES);
        var encrypted = Arrays.copyOfRange(bytes, KEY_ID_BYTES + NONCE_BYTES, bytes.length);
        return new String(run(Cipher.DECRYPT_MODE, key, nonce, clientId, encrypted), UTF_8);
    }

    /** Whether the key that sealed this is among those configured. */
    boolean canOpen(String sealed) {
        return keys.containsKey(idIn(Base64.getUrlDecoder().decode(sealed)));
    }

    /** Whether this was sealed by the key that would seal now. */
    boolean isOfFirstKey(String sealed) {
        return idIn(Base64.getUrlDecoder().decode(sealed))
                .equals(keys.keySet().iterator().next());
    }

    private static ByteBuffer idIn(byte[] sealed) {
        return ByteBuffer.wrap(sealed, 0, KEY_ID_BYTES);
    }

    private static byte[] run(int mode, SecretKeySpec key, byte[] nonce, String clientId, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(clientId.getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a client secret cannot be encrypted or decrypted", e);
        }
    }

    private static ByteBuffer idOf(byte[] key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key), 0, KEY_ID_BYTES)
                    .slice();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
