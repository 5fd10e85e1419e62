package dev.dcr.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/**
 * {@code dcr_registrations_total} and {@code dcr_registration_seconds}, both by operation and outcome, and
 * {@code dcr_requests_turned_away_total}. An observer, so that the endpoint does without it on a server that has no
 * Micrometer.
 */
@ApplicationScoped
public class RegistrationMeters {
    @Inject
    Instance<MeterRegistry> registries;

    void count(@Observes Answered answered) {
        if (!registries.isResolvable()) return;
        var meters = registries.get();
        var tags = Tags.of("operation", answered.operation().verb(), "outcome", answered.outcome());
        meters.counter("dcr.registrations", tags).increment();
        meters.timer("dcr.registration", tags).record(answered.taken());
    }

    void count(@Observes TurnedAway turnedAway) {
        if (registries.isResolvable())
            registries.get().counter("dcr.requests.turned_away").increment();
    }
}
