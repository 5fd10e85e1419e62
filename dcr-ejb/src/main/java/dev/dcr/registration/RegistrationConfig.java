package dev.dcr.registration;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;
import java.time.Duration;
import java.util.Optional;

/**
 * How registrations are kept.
 *
 * @param secretLifetime how long a client secret is good; empty for ever ({@code dcr.client_secret.lifetime})
 */
public record RegistrationConfig(Optional<Duration> secretLifetime) {

    /** Reads {@code dcr.client_secret}. */
    public static RegistrationConfig from(ConfigReader config) {
        var secret = config.table("dcr.client_secret");
        var lifetime = secret.value(
                "lifetime",
                ValueType.seconds(0, Integer.MAX_VALUE),
                Duration.ZERO,
                "How long a client secret is good; 0 for ever.");
        return new RegistrationConfig(Optional.of(lifetime).filter(time -> !time.isZero()));
    }
}
