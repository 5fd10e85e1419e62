package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.config.HttpConfig;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.registration.Registration;
import dev.dcr.registration.Registration.Secret;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 7591 §3.2.1 and RFC 7592 §3. */
class RegistrationWriterTest {
    static final URI BASE = URI.create("http://localhost:8080/");
    static final Instant ISSUED = Instant.ofEpochSecond(1700000000, 999);

    @Test
    @Tag("RFC7591-3.2.1-client_id_issued_at")
    void theMetadataStandsBesideTheIdentifier() {
        assertThat(written(Settings.DEFAULTS, Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo(StrictJson.object(
                        "{\"client_name\":\"Tea\",\"client_id\":\"abc\",\"client_id_issued_at\":1700000000}"));
    }

    @Test
    @Tag("RFC7591-3.2.1-client_secret_expires_at")
    @Tag("OIDCR-3.2-client_secret_expires_at")
    void aSecretThatNeverExpiresSaysZero() {
        var secret = Optional.of(new Secret("s3cret", Optional.empty()));
        var json = written(Settings.DEFAULTS, secret, Optional.empty(), Optional.empty());
        assertThat(json.getString("client_secret")).isEqualTo("s3cret");
        assertThat(json.getInt("client_secret_expires_at")).isZero();
    }

    @Test
    @Tag("RFC7591-3.2.1-client_secret_expires_at")
    void aSecretThatExpiresSaysWhen() {
        var secret = Optional.of(new Secret("s3cret", Optional.of(ISSUED.plusSeconds(60))));
        var json = written(Settings.DEFAULTS, secret, Optional.empty(), Optional.empty());
        assertThat(json.getJsonNumber("client_secret_expires_at").longValue()).isEqualTo(1700000060);
    }

    @Test
    @Tag("RFC7592-3-registration_access_token")
    @Tag("OIDCR-3.2-both")
    void tokenAndManagementAddressComeTogether() {
        var json = written(Settings.DEFAULTS, Optional.empty(), Optional.of("token"), Optional.empty());
        assertThat(json.getString("registration_access_token")).isEqualTo("token");
        assertThat(json.getString("registration_client_uri")).isEqualTo("http://localhost:8080/register/abc");
    }

    @Test
    @Tag("RFC7592-3-registration_client_uri")
    void theManagementAddressIsThePublicOne() {
        var json = written(
                Settings.publicBaseUrl("https://dcr.bank.example"),
                Optional.empty(),
                Optional.of("token"),
                Optional.empty());
        assertThat(json.getString("registration_client_uri")).isEqualTo("https://dcr.bank.example/register/abc");
    }

    @Test
    void theManagementAddressHasThePrefix() {
        var json = written(
                Settings.basePath("/open-banking/v3.3"), Optional.empty(), Optional.of("token"), Optional.empty());
        assertThat(json.getString("registration_client_uri"))
                .isEqualTo("http://localhost:8080/open-banking/v3.3/register/abc");
    }

    @Test
    @Tag("RFC7591-3.2.1-statement")
    void theStatementComesBackUnmodified() {
        var json = written(Settings.DEFAULTS, Optional.empty(), Optional.empty(), Optional.of("e30.e30.c2ln"));
        assertThat(json.getString("software_statement")).isEqualTo("e30.e30.c2ln");
    }

    private static JsonObject written(
            HttpConfig config, Optional<Secret> secret, Optional<String> token, Optional<String> statement) {
        var writer = new RegistrationWriter();
        writer.config = config;
        var metadata = new ClientMetadata(FixedRegistrar.METADATA);
        return StrictJson.object(
                writer.write(new Registration("abc", ISSUED, metadata, statement, secret, token, 0), BASE));
    }
}
