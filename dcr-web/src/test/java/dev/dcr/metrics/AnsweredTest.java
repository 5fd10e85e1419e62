package dev.dcr.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsweredTest {

    @ParameterizedTest
    @CsvSource({"POST, created", "GET, read", "PUT, updated", "DELETE, deleted"})
    void aSuccessIsNamedByItsOperation(String method, String outcome) {
        var operation = Operation.of(method).orElseThrow();
        assertThat(new Answered(operation, Optional.empty(), Duration.ZERO).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void aFailureIsNamedByItsCode() {
        assertThat(new Answered(Operation.CREATE, Optional.of("slow_down"), Duration.ZERO).outcome())
                .isEqualTo("slow_down");
    }

    @Test
    void otherMethodsAreNoOperation() {
        assertThat(Operation.of("OPTIONS")).isEmpty();
    }
}
