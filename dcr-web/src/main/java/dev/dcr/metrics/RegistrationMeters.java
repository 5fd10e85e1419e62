package dev.dcr.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code dcr_registrations_total} and {@code dcr_registration_seconds}, both by operation and outcome,
 * {@code dcr_requests_turned_away_total}, and {@code dcr_requests_slowed_down_total} by limit. An observer, so that the
 * endpoint does without it on a server that has no Micrometer. Meters are kept once found: WildFly's registry searches all
 * it has for each.
 */
@ApplicationScoped
public class RegistrationMeters {
    private record Result(Operation operation, String outcome) {}

    private record Meters(Counter answers, Timer time) {}

    private final Map<Result, Meters> byResult = new ConcurrentHashMap<>();
    private final Map<SlowedDown, Counter> slowDowns = new ConcurrentHashMap<>();
    private Optional<MeterRegistry> registry = Optional.empty();

    @Inject
    void measureIn(Instance<MeterRegistry> registries) {
        if (registries.isResolvable()) registry = Optional.of(registries.get());
    }

    void count(@Observes Answered answered) {
        if (registry.isEmpty()) return;
        var meters = byResult.computeIfAbsent(new Result(answered.operation(), answered.outcome()), this::metersOf);
        meters.answers().increment();
        meters.time().record(answered.taken());
    }

    void count(@Observes TurnedAway turnedAway) {
        registry.ifPresent(meters -> meters.counter("dcr.requests.turned_away").increment());
    }

    private Meters metersOf(Result result) {
        var tags = Tags.of("operation", result.operation().verb(), "outcome", result.outcome());
        var meters = registry.orElseThrow();
        return new Meters(meters.counter("dcr.registrations", tags), meters.timer("dcr.registration", tags));
    }

    void count(@Observes SlowedDown slowedDown) {
        if (registry.isEmpty()) return;
        slowDowns
                .computeIfAbsent(
                        slowedDown, limit -> registry.get().counter("dcr.requests.slowed_down", "limit", limit.limit()))
                .increment();
    }
}
