package dev.dcr.registration;

import java.security.SecureRandom;
import java.util.Base64;

/** New client identifiers: 144 random bits as 24 URL-safe characters. */
final class ClientId {
    private static final int BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ClientId() {}

    /** An identifier that no one else has, and that cannot be taken for the address of a client's metadata. */
    static String next() {
        var bytes = new byte[BYTES];
        while (true) {
            RANDOM.nextBytes(bytes);
            var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            if (Character.isLetterOrDigit(id.charAt(0)) && !id.startsWith("http")) return id;
        }
    }
}
