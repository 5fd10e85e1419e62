package dev.dcr.outbound;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;
import java.util.List;
import java.util.Set;

/**
 * Where this server calls on behalf of an outsider.
 *
 * @param allowedHosts hosts that may be called though their address is not public ({@code dcr.outbound.allowed_hosts})
 */
public record OutboundConfig(Set<String> allowedHosts) {

    /** Reads {@code dcr.outbound}. */
    public static OutboundConfig from(ConfigReader config) {
        var hosts = config.table("dcr.outbound")
                .list(
                        "allowed_hosts",
                        ValueType.HOST,
                        List.of(),
                        "Hosts that clients' URLs may name though their addresses are not public.");
        return new OutboundConfig(Set.copyOf(hosts));
    }
}
