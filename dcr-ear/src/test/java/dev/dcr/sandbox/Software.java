package dev.dcr.sandbox;

import java.net.URI;

/**
 * A piece of software that the directory knows, with the keys that its makers sign requests with.
 *
 * @param id      {@code software_id}
 * @param jwksUri where the directory publishes its keys: {@code software_jwks_endpoint}
 */
public record Software(String id, KeyRing keys, URI jwksUri) {}
