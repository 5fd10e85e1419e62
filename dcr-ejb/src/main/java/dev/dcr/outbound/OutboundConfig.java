package dev.dcr.outbound;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;
import java.util.List;
import java.util.Set;

/**
 * Where this server calls on behalf of an outsider.
 *
 * @param allowedHosts       hosts that may be called though their address is not public ({@code dcr.outbound.allowed_hosts})
 * @param maxConcurrentCalls calls at one time to addresses that are configured, as many to addresses that outsiders
 *                           name, and as many to the authorization server that is asked about tokens; and as many
 *                           requests that wait for keys, whoever fetches them ({@code dcr.outbound.max_concurrent_calls})
 */
public record OutboundConfig(Set<String> allowedHosts, int maxConcurrentCalls) {

    /** Reads {@code dcr.outbound}. */
    public static OutboundConfig from(ConfigReader config) {
        var outbound = config.table("dcr.outbound");
        var hosts = outbound.list(
                "allowed_hosts",
                ValueType.HOST,
                List.of(),
                "Hosts that clients' URLs may name though their addresses are not public.");
        var most = outbound.value(
                "max_concurrent_calls",
                ValueType.number(1, 10_000),
                32,
                "Requests that may wait for keys and other documents at one time, half of them for one host, and as many"
                        + " for introspection; more are answered 503 at once.");
        return new OutboundConfig(Set.copyOf(hosts), most);
    }
}
