package dev.dcr.endpoint;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.AccessConfig.AccessTokens;
import dev.dcr.config.HttpConfig;
import dev.dcr.config.Network;
import dev.dcr.config.RateLimitConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The endpoint's settings as they are without a file, and one change at a time. */
final class Settings {
    static final HttpConfig DEFAULTS =
            new HttpConfig(Optional.empty(), "", List.of(), Optional.empty(), 262144, 256, Set.of());

    static final RateLimitConfig NO_LIMIT = rateLimit(0, 1);

    private Settings() {}

    static HttpConfig publicBaseUrl(String url) {
        return new HttpConfig(Optional.of(URI.create(url)), "", List.of(), Optional.empty(), 262144, 256, Set.of());
    }

    static HttpConfig basePath(String path) {
        return new HttpConfig(Optional.empty(), path, List.of(), Optional.empty(), 262144, 256, Set.of());
    }

    static HttpConfig trustedProxy(String address, int prefix) {
        return new HttpConfig(
                Optional.empty(), "", List.of(network(address, prefix)), Optional.empty(), 262144, 256, Set.of());
    }

    static HttpConfig certificateHeader(String proxy, int prefix, String header) {
        return new HttpConfig(
                Optional.empty(), "", List.of(network(proxy, prefix)), Optional.of(header), 262144, 256, Set.of());
    }

    static HttpConfig allowedOrigins(String... origins) {
        return new HttpConfig(Optional.empty(), "", List.of(), Optional.empty(), 262144, 256, Set.of(origins));
    }

    static HttpConfig maxConcurrentRequests(int most) {
        return new HttpConfig(Optional.empty(), "", List.of(), Optional.empty(), 262144, most, Set.of());
    }

    static RateLimitConfig rateLimit(int perMinute, int burst) {
        return new RateLimitConfig(perMinute, 0, 0, burst);
    }

    static AccessConfig access(Optional<String> adminToken) {
        var none = Optional.<String>empty();
        return new AccessConfig(
                AccessConfig.Registration.OPEN,
                AccessConfig.MutualTls.OFF,
                AccessConfig.Management.REGISTRATION_ACCESS_TOKEN,
                false,
                false,
                new AccessTokens(none, Optional.empty(), Optional.empty(), none, none, none, none, none),
                adminToken);
    }

    static Network network(String address, int prefix) {
        try {
            return new Network(InetAddress.getByName(address), prefix);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }
}
