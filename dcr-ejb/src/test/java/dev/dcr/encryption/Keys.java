package dev.dcr.encryption;

import java.security.SecureRandom;
import java.util.List;

/** An operator's keys without the file that they are in. */
public final class Keys {
    private Keys() {}

    public static EncryptionKeys of(byte[]... keys) {
        return new EncryptionKeys() {
            @Override
            public List<byte[]> all() {
                return List.of(keys);
            }
        };
    }

    public static byte[] fresh() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
