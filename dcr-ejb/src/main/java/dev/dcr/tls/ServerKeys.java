package dev.dcr.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where the private key of this server and its certificate are. Read anew each time, for certificates are renewed. */
public sealed interface ServerKeys {
    /** Opens what {@link #read} returns. It leaves the process only on its way into the server's own store. */
    char[] PASSWORD = "in-transit".toCharArray();

    /**
     * Key and certificates, checked to belong together.
     *
     * @throws UnusableFile if they cannot serve
     */
    KeyStore read() throws UnusableFile;

    /** The files that a renewal replaces. */
    List<Path> files();

    /** @param key the file of the private key, which may be that of the certificates */
    record Pem(Path certificates, Path key, Optional<String> keyPassword) implements ServerKeys {
        @Override
        public KeyStore read() throws UnusableFile {
            var chain = PemFile.read("certificate_file", certificates).chain();
            var keyFile = PemFile.read(key.equals(certificates) ? "certificate_file" : "key_file", key);
            var privateKey = PemKey.in(keyFile, keyPassword, chain.get(0).getPublicKey());
            try {
                var store = Pkcs12.empty();
                store.setKeyEntry("https", privateKey, PASSWORD, chain.toArray(Certificate[]::new));
                return store;
            } catch (GeneralSecurityException unfit) {
                throw new UnusableFile("certificate_file", "cannot be used: " + unfit, unfit);
            }
        }

        @Override
        public List<Path> files() {
            return List.of(certificates, key);
        }
    }

    /** @param store may hold several keys, of which a handshake takes the one that the client can use */
    record Pkcs12Store(Path store, String password) implements ServerKeys {
        private static final String KEY = "keystore";

        @Override
        public KeyStore read() throws UnusableFile {
            var theirs = Pkcs12.read(KEY, store, password);
            try {
                var ours = Pkcs12.empty();
                for (var alias : Collections.list(theirs.aliases())) {
                    if (!theirs.isKeyEntry(alias)) continue;
                    var key = theirs.getKey(alias, password.toCharArray());
                    ours.setKeyEntry(alias, key, PASSWORD, theirs.getCertificateChain(alias));
                }
                if (ours.size() == 0) throw new UnusableFile(KEY, store + " holds no private key");
                return ours;
            } catch (GeneralSecurityException locked) {
                throw new UnusableFile(
                        KEY, "the key in %s is not unlocked by the password of the store".formatted(store), locked);
            }
        }

        @Override
        public List<Path> files() {
            return List.of(store);
        }
    }
}
