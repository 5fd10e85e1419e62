package dev.dcr.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.json.StrictJson;
import dev.dcr.replay.Jti;
import dev.dcr.statement.SoftwareStatement;
import dev.dcr.statement.StatementConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 7519 §4.1.7: jti, where a statement is good once")
class RequestSignatureTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    @DisplayName("RFC 7519 §4.1.4: kept for as long as exp and the clocks' difference let the statement be good")
    void outlivesTheStatementByTheClocksDifference() {
        var end = NOW.plusSeconds(60);
        assertThat(spent("{'iss': 'directory', 'jti': 'one', 'exp': " + end.getEpochSecond() + "}"))
                .hasValueSatisfying(jti -> assertThat(jti.expiresAt()).isEqualTo(end.plusSeconds(45)));
    }

    @Test
    void aStatementWithoutAnEndIsKeptForYears() {
        assertThat(spent("{'iss': 'directory', 'jti': 'one'}"))
                .hasValueSatisfying(jti -> assertThat(jti.expiresAt()).isAfter(NOW.plus(Duration.ofDays(3000))));
    }

    @Test
    void aStatementWithoutAJtiSpendsNone() {
        assertThat(spent("{'iss': 'directory'}")).isEmpty();
    }

    private static Optional<Jti> spent(String claims) {
        var signature = new RequestSignature();
        signature.clock = Clock.fixed(NOW, ZoneOffset.UTC);
        signature.statementConfig =
                new StatementConfig(List.of(), Optional.empty(), StatementConfig.Reuse.ALLOW, Duration.ofSeconds(45));
        return signature.statementJti(new SoftwareStatement("", StrictJson.object(claims.replace('\'', '"'))));
    }
}
