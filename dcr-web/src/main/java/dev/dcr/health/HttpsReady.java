package dev.dcr.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the server has the certificate that it was told to have. */
@Readiness
@Default // a check is found by its qualifier, which alone would hide it from others
@ApplicationScoped
public class HttpsReady implements HealthCheck {
    private volatile boolean ready;

    /** From now on handshakes succeed. */
    public void begin() {
        ready = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("https").status(ready).build();
    }
}
