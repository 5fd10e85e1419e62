package dev.dcr.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready until the node is told to stop. Balancers are to turn away while it still serves. */
@Readiness
@Default // a check is found by its qualifier, which alone would hide it from others
@ApplicationScoped
public class Serving implements HealthCheck {
    private volatile boolean leaving;

    /** From now on the node is not ready. */
    public void leave() {
        leaving = true;
    }

    /** Whether the node is about to stop. */
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("serving").status(!leaving).build();
    }
}
