package dev.dcr.audit;

/**
 * A request of the operator, who shows the administrative token.
 *
 * @param correlationId the id that ties log, audit and reply together
 * @param sourceAddress the address that it came from
 */
public record OperatorRequest(String correlationId, String sourceAddress) {}
