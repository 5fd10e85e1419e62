package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.tls.TlsConfig.ClientAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dcr.tls}, where a mistake is told by file, line and key before the server starts. */
class TlsSettingsTest {
    @TempDir
    Path directory;

    @Test
    void areAllOptional() {
        var tls = Configured.by("").load().tls();
        assertThat(tls.keys()).isEmpty();
        assertThat(tls.authorities()).isEmpty();
        assertThat(tls.clientAuth()).isEmpty();
        assertThat(tls.reloadInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(tls.files()).isEmpty();
    }

    @Test
    void nameTheLineOfTheKeyAndThatOfTheFile() throws IOException {
        var certificate = Files.writeString(directory.resolve("server.pem"), "\n-----BEGIN CERTIFICATE-----\nAA\n");
        assertThat(Configured.by("[dcr.tls]\ncertificate_file = \"%s\"\n".formatted(certificate))
                        .problems())
                .singleElement()
                .asString()
                .contains("deployment.toml:2: dcr.tls.certificate_file: " + certificate + ":2: ");
    }

    @Test
    void refuseAFileThatIsNotThere() {
        assertThat(Configured.by("[dcr.tls]\nkeystore = \"/no/such.p12\"\n").problems())
                .singleElement()
                .asString()
                .contains("deployment.toml:2: dcr.tls.keystore: must name a file that can be read");
        assertThat(Configured.by("")
                        .with(Map.of("DCR_TLS_KEYSTORE", "/no/such.p12"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("environment variable DCR_TLS_KEYSTORE: ");
    }

    @Test
    void refuseTwoAnswersToOneQuestion() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");
        assertThat(Configured.by("""
                        [dcr.tls]
                        certificate_file = "%1$s"
                        keystore = "%1$s"
                        client_ca_file = "%1$s"
                        truststore = "%1$s"
                        """.formatted(file)).problems())
                .anyMatch(problem -> problem.contains("dcr.tls.keystore: stands beside dcr.tls.certificate_file"))
                .anyMatch(problem -> problem.contains("dcr.tls.truststore: stands beside dcr.tls.client_ca_file"));
    }

    @Test
    void refuseToAskForCertificatesThatNobodyIssues() {
        for (var mode : new String[] {"want", "need"})
            assertThat(Configured.by("[dcr.tls]\nclient_auth = \"" + mode + "\"\n")
                            .problems())
                    .singleElement()
                    .asString()
                    .contains("dcr.tls.client_ca_file: is missing, or else truststore");
        assertThat(Configured.by("[dcr.tls]\nclient_auth = \"none\"\n")
                        .load()
                        .tls()
                        .clientAuth())
                .contains(ClientAuth.NONE);
    }

    @Test
    void refuseAKeyWithoutACertificate() throws IOException {
        var file = Files.writeString(directory.resolve("key.pem"), "");
        assertThat(Configured.by("[dcr.tls]\nkey_file = \"%s\"\n".formatted(file))
                        .problems())
                .singleElement()
                .asString()
                .contains("dcr.tls.certificate_file: is missing beside key_file");
    }
}
