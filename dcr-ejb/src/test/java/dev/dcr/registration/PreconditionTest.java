package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.error.RegistrationRefused;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9110 §13.1.1. */
class PreconditionTest {
    private final RegisteredClient fresh = new RegisteredClient("abc", Instant.EPOCH); // of version 0

    @Test
    void holdsForAnyVersionWithoutACondition() {
        assertThatCode(() -> Precondition.NONE.require(fresh)).doesNotThrowAnyException();
    }

    @Test
    void holdsForAListedVersion() {
        assertThatCode(() -> Precondition.oneOf(Set.of(0L, 5L)).require(fresh)).doesNotThrowAnyException();
    }

    @Test
    void failsForAnyOtherVersion() {
        fails(Precondition.oneOf(Set.of(1L)));
        fails(Precondition.oneOf(Set.of()));
    }

    private void fails(Precondition precondition) {
        assertThatThrownBy(() -> precondition.require(fresh))
                .isInstanceOfSatisfying(RegistrationRefused.class, refused -> {
                    assertThat(refused.error().status()).isEqualTo(412);
                    assertThat(refused.error().code()).isEqualTo("precondition_failed");
                });
    }
}
