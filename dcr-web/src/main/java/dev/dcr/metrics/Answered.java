package dev.dcr.metrics;

import java.time.Duration;
import java.util.Optional;

/**
 * A request about a registration was answered.
 *
 * @param error the {@code error} member of the reply; empty where the operation succeeded
 */
public record Answered(Operation operation, Optional<String> error, Duration taken) {

    String outcome() {
        return error.orElse(operation.success());
    }
}
