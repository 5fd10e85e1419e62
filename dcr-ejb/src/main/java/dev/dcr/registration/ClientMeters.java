package dev.dcr.registration;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/**
 * {@code dcr_quota_refusals_total} and, by step, {@code dcr_client_expiries_total}, where the server has a registry.
 */
@Dependent
class ClientMeters {
    @Inject
    Instance<MeterRegistry> registries;

    void refusedByQuota() {
        if (registries.isResolvable())
            registries.get().counter("dcr.quota.refusals").increment();
    }

    /** @param step announced, deleted */
    void expired(String step) {
        if (registries.isResolvable())
            registries.get().counter("dcr.client.expiries", "step", step).increment();
    }
}
