package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dcr.encryption.Keys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientSecretsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private ClientSecrets secrets;

    @BeforeEach
    void loadKeys() {
        secrets = new ClientSecrets();
        secrets.config = new RegistrationConfig(Optional.of(Duration.ofDays(1)));
        secrets.keys = Keys.of(new byte[32]);
        secrets.clock = Clock.fixed(NOW, ZoneOffset.UTC);
        secrets.loadKeys();
    }

    @Test
    @DisplayName("RFC 7591 §3.2.1: a secret is unique for each client, and of 36 characters as open banking allows")
    @Tag("RFC7591-3.2.1-client_secret")
    void noTwoClientsShareOne() {
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> secrets.open(secrets.issue("client" + i), "client" + i)
                                .value()))
                .doesNotHaveDuplicates()
                .allMatch(secret -> secret.matches("[A-Za-z0-9_-]{36}"));
    }

    @Test
    void oneUnderAnOlderKeyComesUnderTheFirst() {
        var before = secrets.issue("client").sealed();
        assertThat(secrets.underFirstKey(before, "client")).isEmpty();
        var older = secrets.open(new SealedSecret(before, Optional.empty()), "client");

        secrets.keys = Keys.of(Keys.fresh(), new byte[32]);
        secrets.loadKeys();
        var renewed = secrets.underFirstKey(before, "client").orElseThrow();
        assertThat(secrets.open(new SealedSecret(renewed, Optional.empty()), "client"))
                .isEqualTo(older);
        assertThat(secrets.underFirstKey(renewed, "client")).isEmpty();
    }

    @Test
    void oneWhoseKeyIsGoneStaysAsItIs() {
        var before = secrets.issue("client").sealed();
        secrets.keys = Keys.of(Keys.fresh());
        secrets.loadKeys();
        assertThatIllegalStateException().isThrownBy(() -> secrets.underFirstKey(before, "client"));
    }

    @Test
    void itExpiresAfterItsLifetime() {
        assertThat(secrets.issue("client").expiresAt()).contains(NOW.plus(Duration.ofDays(1)));
    }
}
