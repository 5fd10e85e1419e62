package dev.dcr.extension;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** {@code dcr_extension_calls_seconds}: what asking the extension service took, where the server has a registry. */
@Dependent
class ExtensionMeters {
    private final Optional<MeterRegistry> registry;

    @Inject
    ExtensionMeters(Instance<MeterRegistry> registries) {
        this(registries.stream().findFirst());
    }

    ExtensionMeters(Optional<MeterRegistry> registry) {
        this.registry = registry;
    }

    /** @param outcome success, refused, broken or unavailable */
    void record(ExtensionPoint point, String outcome, Duration took) {
        registry.ifPresent(meters -> Timer.builder("dcr.extension.calls")
                .description("Calls of the extension service, all attempts together")
                .tag("point", point.configured())
                .tag("outcome", outcome)
                .register(meters)
                .record(took));
    }
}
