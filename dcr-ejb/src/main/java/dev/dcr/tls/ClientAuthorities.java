package dev.dcr.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the certificates are that issue those of clients. Read anew each time. */
public sealed interface ClientAuthorities {
    /**
     * The certificates, at least one.
     *
     * @throws UnusableFile if there are none
     */
    KeyStore read() throws UnusableFile;

    /** The file that holds them. */
    Path file();

    /** Any number of certificates, one after the other. */
    record Pem(Path file) implements ClientAuthorities {
        private static final String KEY = "client_ca_file";

        @Override
        public KeyStore read() throws UnusableFile {
            return trusted(KEY, PemFile.read(KEY, file).certificates());
        }
    }

    /** Of entries with a private key, the certificate is meant. */
    record Pkcs12Store(Path file, String password) implements ClientAuthorities {
        private static final String KEY = "truststore";

        @Override
        public KeyStore read() throws UnusableFile {
            var theirs = Pkcs12.read(KEY, file, password);
            var certificates = new ArrayList<Certificate>();
            try {
                for (var alias : Collections.list(theirs.aliases())) certificates.add(theirs.getCertificate(alias));
            } catch (GeneralSecurityException unusable) {
                throw new UnusableFile(KEY, "%s cannot be used: %s".formatted(file, unusable), unusable);
            }
            if (certificates.isEmpty())
                throw new UnusableFile(
                        KEY,
                        file + " holds no certificate that Java takes for a trusted one; \"keytool -importcert\" marks"
                                + " them so, OpenSSL does not");
            return trusted(KEY, certificates);
        }
    }

    private static KeyStore trusted(String key, List<? extends Certificate> certificates) throws UnusableFile {
        try {
            var store = Pkcs12.empty();
            for (var i = 0; i < certificates.size(); i++)
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            return store;
        } catch (GeneralSecurityException unusable) {
            throw new UnusableFile(key, "cannot be used: " + unusable, unusable);
        }
    }
}
