package dev.dcr.audit;

import java.util.Optional;

/**
 * Something in the trail that is not as the server left it.
 *
 * @param seal  the number of the seal it is about
 * @param event the number of the event it is about
 */
public record Finding(Optional<Long> seal, Optional<Long> event, String problem) {
    static Finding ofSeal(long seal, String problem) {
        return new Finding(Optional.of(seal), Optional.empty(), problem);
    }

    static Finding ofEvent(long event, String problem) {
        return new Finding(Optional.empty(), Optional.of(event), problem);
    }

    static Finding of(long seal, long event, String problem) {
        return new Finding(Optional.of(seal), Optional.of(event), problem);
    }
}
