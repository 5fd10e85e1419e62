package dev.dcr.outbound;

import java.util.Set;

/**
 * Where this server calls on behalf of an outsider.
 *
 * @param allowedHosts hosts that may be called though their address is not public ({@code dcr.outbound.allowed_hosts})
 */
public record OutboundConfig(Set<String> allowedHosts) {}
