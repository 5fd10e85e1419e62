package dev.dcr.bench.spring;

import org.springframework.security.crypto.password.PasswordEncoder;

/** Stores secrets as they are, in the notation of Spring's delegating encoder. */
final class PlainSecrets implements PasswordEncoder {
    private static final String PREFIX = "{noop}";

    @Override
    public String encode(CharSequence secret) {
        return PREFIX + secret;
    }

    @Override
    public boolean matches(CharSequence secret, String stored) {
        return stored.equals(encode(secret));
    }
}
