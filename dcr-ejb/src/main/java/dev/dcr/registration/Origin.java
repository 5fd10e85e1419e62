package dev.dcr.registration;

/**
 * Where a request came from, for the audit trail.
 *
 * @param correlationId the id that ties log, audit, extension call and reply together
 * @param sourceAddress the caller's address; behind a trusted proxy, the one it forwards
 */
public record Origin(String correlationId, String sourceAddress) {}
