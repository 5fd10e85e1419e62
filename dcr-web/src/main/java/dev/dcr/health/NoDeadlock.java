package dev.dcr.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive unless threads wait for each other for ever: the one state of this process that only a restart cures. */
@Liveness
@ApplicationScoped
class NoDeadlock implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        var deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
        return HealthCheckResponse.named("no-deadlock")
                .status(deadlocked == null)
                .build();
    }
}
