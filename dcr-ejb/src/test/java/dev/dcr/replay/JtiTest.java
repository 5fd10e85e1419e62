package dev.dcr.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.error.Violation;
import dev.dcr.error.Violation.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JtiTest {
    @Test
    void aReplayedRequestIsAboutItsMetadata() {
        assertThat(new Jti("software", "1", Instant.EPOCH).replayed())
                .returns(Kind.INVALID_CLIENT_METADATA, Violation::kind)
                .returns("jti", Violation::field);
    }

    /** RFC 7591 §3.2.2: {@code invalid_software_statement}; a new request with the same statement would not help. */
    @Test
    void aReplayedStatementIsInvalid() {
        assertThat(new Jti("directory", "1", Instant.EPOCH, Jti.Bearer.STATEMENT).replayed())
                .returns(Kind.INVALID_SOFTWARE_STATEMENT, Violation::kind)
                .returns("software_statement.jti", Violation::field);
    }
}
