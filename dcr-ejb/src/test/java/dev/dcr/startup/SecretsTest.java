package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    private Path secret;

    @BeforeEach
    void aFileWithASecret() throws IOException {
        secret = Files.writeString(folder.resolve("secret"), "s3cret $x ,\n");
    }

    @Test
    void aSecretMayStandInAFileWhoseLastLineBreakIsNoPartOfIt() {
        assertThat(Configured.by("[dcr.admin]\ntoken_file = '%s'".formatted(secret))
                        .load()
                        .access()
                        .adminToken())
                .contains("s3cret $x ,");
    }

    @Test
    void theFileMayBeNamedByTheEnvironment() {
        var token = Configured.by("")
                .with(Map.of("DCR_ADMIN_TOKEN_FILE", secret.toString()))
                .load()
                .access()
                .adminToken();
        assertThat(token).contains("s3cret $x ,");
    }

    @Test
    void aSecretGivenTwiceIsRefusedWithoutNamingIt() {
        var toml = "[dcr.admin]\ntoken = 'hush'\ntoken_file = '%s'".formatted(secret);
        assertThat(Configured.by(toml).problems())
                .containsExactly(
                        "deployment.toml:3: dcr.admin.token_file: stands beside dcr.admin.token; keep one of them");
    }

    @Test
    void aFileNamedByTheEnvironmentOverridesASecretOfTheConfigurationFile() {
        var settings = Configured.by("[dcr.admin]\ntoken = 'old'")
                .with(Map.of("DCR_ADMIN_TOKEN_FILE", secret.toString()))
                .load();
        assertThat(settings.access().adminToken()).contains("s3cret $x ,");
    }

    @Test
    void aSecretOfTheEnvironmentOverridesAFileNamedByTheConfigurationFile() {
        var settings = Configured.by("[dcr.admin]\ntoken_file = '%s'".formatted(secret))
                .with(Map.of("DCR_ADMIN_TOKEN", "new"))
                .load();
        assertThat(settings.access().adminToken()).contains("new");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Files.writeString(secret, "\n");
        assertThat(Configured.by("[dcr.admin]\ntoken_file = '%s'".formatted(secret))
                        .problems())
                .containsExactly("deployment.toml:2: dcr.admin.token_file: names an empty file");
    }

    @Test
    void anIssuersKeysMayStandInAFile() throws JOSEException, IOException {
        var keys = new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k").generate());
        var file =
                Files.writeString(folder.resolve("keys"), keys.toPublicJWKSet().toString());
        assertThat(issuer(file).load().statements().issuers())
                .singleElement()
                .satisfies(issuer -> assertThat(issuer.jwksFile()).contains(file));
    }

    @Test
    void aKeyFileWithAPrivateKeyIsRefused() throws JOSEException, IOException {
        var keys = new JWKSet(new ECKeyGenerator(Curve.P_256).generate());
        var file = Files.writeString(folder.resolve("keys"), keys.toString(false));
        assertThat(issuer(file).problems())
                .containsExactly("deployment.toml:3: dcr.software_statement.issuers[0].jwks_file: must name a JWK Set"
                        + " with public keys and nothing else");
    }

    @Test
    void aKeyFileThatHoldsNoKeySetIsRefused() {
        assertThat(issuer(secret).problems())
                .containsExactly("deployment.toml:3: dcr.software_statement.issuers[0].jwks_file: must name a JWK Set"
                        + " (RFC 7517), which this file is not");
    }

    private static Configured issuer(Path keys) {
        return Configured.by("[[dcr.software_statement.issuers]]\niss = 'a'\njwks_file = '%s'".formatted(keys));
    }
}
