package dev.dcr.request;

import java.util.Optional;
import java.util.Set;

/**
 * What a signed registration request must be like ({@code dcr.request_jwt}).
 *
 * @param required   whether a plain JSON request is refused
 * @param audience   accepted {@code aud}: the configured one, else {@code dcr.public_base_url}; with neither
 *                   the claim is not checked
 * @param algorithms accepted JWS algorithms, asymmetric ones only
 */
public record RequestJwtConfig(boolean required, Optional<String> audience, Set<String> algorithms) {}
