package dev.dcr.registration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How registrations are kept.
 *
 * @param secretLifetime how long a client secret is good; empty for ever ({@code dcr.client_secret.lifetime})
 * @param secretKeyFile  the keys that encrypt secrets at rest; empty for one made in the data folder
 *                       ({@code dcr.client_secret.encryption_key_file})
 */
public record RegistrationConfig(Optional<Duration> secretLifetime, Optional<Path> secretKeyFile) {}
