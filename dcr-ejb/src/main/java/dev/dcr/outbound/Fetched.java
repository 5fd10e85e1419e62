package dev.dcr.outbound;

/**
 * A reply from outside.
 *
 * @param contentType the {@code Content-Type} header; empty where there was none
 * @param body        the whole body
 */
public record Fetched(int status, String contentType, byte[] body) {}
