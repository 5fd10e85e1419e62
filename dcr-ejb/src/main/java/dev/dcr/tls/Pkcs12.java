package dev.dcr.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;

/** Key stores in PKCS #12: those that an operator has, and those that are made of other files. */
final class Pkcs12 {
    private Pkcs12() {}

    static KeyStore empty() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** @param key the key of {@code [dcr.tls]} that names the file; the same with {@code _password} unlocks it */
    static KeyStore read(String key, Path file, String password) throws UnusableFile {
        try (var content = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(content, password.toCharArray());
            return store;
        } catch (IOException unreadable) {
            var locked = unreadable.getCause() instanceof UnrecoverableKeyException;
            throw new UnusableFile(
                    key,
                    locked
                            ? "%s is not unlocked by %s_password".formatted(file, key)
                            : "%s is no key store in PKCS #12, or cannot be read: %s".formatted(file, unreadable),
                    unreadable);
        } catch (GeneralSecurityException unusable) {
            throw new UnusableFile(key, "%s cannot be used: %s".formatted(file, unusable), unusable);
        }
    }
}
