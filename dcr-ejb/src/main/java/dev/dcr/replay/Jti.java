package dev.dcr.replay;

import java.time.Instant;

/**
 * The identifier of a signed request, good once (RFC 7519 §4.1.7).
 *
 * @param issuer    who signed the request, at most 255 characters
 * @param id        the {@code jti} claim, at most 255 characters
 * @param expiresAt when the request itself can no longer be used, and the identifier may be forgotten
 */
public record Jti(String issuer, String id, Instant expiresAt) {}
