package dev.dcr.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientAuthoritiesTest {
    private static final Chain ONE = Chain.of("EC", 256);
    private static final Chain OTHER = Chain.of("EC", 256);

    @TempDir
    Path directory;

    @Test
    void areAllCertificatesOfAFile() throws Exception {
        var file = Chain.pem(directory.resolve("ca.pem"), ONE.issuer(), OTHER.issuer());
        var store = new ClientAuthorities.Pem(file).read();
        assertThat(store.getCertificateAlias(ONE.issuer())).isNotNull();
        assertThat(store.getCertificateAlias(OTHER.issuer())).isNotNull();
        assertThat(store.size()).isEqualTo(2);
    }

    @Test
    void areTheCertificatesOfAStore() throws Exception {
        var theirs = Pkcs12.empty();
        theirs.setCertificateEntry("ca", ONE.issuer());
        var file = directory.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            theirs.store(out, "sesame".toCharArray());
        }
        assertThat(new ClientAuthorities.Pkcs12Store(file, "sesame").read().getCertificateAlias(ONE.issuer()))
                .isNotNull();
        assertThatThrownBy(() -> new ClientAuthorities.Pkcs12Store(file, "guess").read())
                .hasMessageContaining("is not unlocked by truststore_password");
    }

    @Test
    void areNeverNone() throws Exception {
        var file = Files.writeString(directory.resolve("ca.pem"), "");
        assertThatThrownBy(() -> new ClientAuthorities.Pem(file).read())
                .isInstanceOfSatisfying(
                        UnusableFile.class,
                        unusable -> assertThat(unusable.key()).isEqualTo("client_ca_file"));
    }
}
