package dev.dcr.extension;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
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
        this(registries.isResolvable() ? Optional.of(registries.get()) : Optional.empty());
    }

    ExtensionMeters(Optional<MeterRegistry> registry) {
        this.registry = registry;
    }

    /**
     * Notes one question, all its attempts together. By the registry's own {@code timer}: WildFly's loses what a
     * {@code Timer.Builder} registers.
     *
     * @param outcome success, refused, broken, unavailable, or failed where this server is at fault
     */
    void record(ExtensionPoint point, String outcome, Duration took) {
        var tags = Tags.of("point", point.configured(), "outcome", outcome);
        registry.ifPresent(meters -> meters.timer("dcr.extension.calls", tags).record(took));
    }
}
