package dev.dcr.config;

import dev.dcr.error.Quoted;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoint as the world sees it.
 *
 * @param publicBaseUrl           what {@code registration_client_uri} starts with, without a trailing slash; empty
 *                                takes the address that the request came to ({@code dcr.public_base_url})
 * @param basePath                path before {@code /register}: empty, or with a leading and no trailing slash
 *                                ({@code dcr.base_path})
 * @param trustedProxies          whose forwarding headers are believed ({@code dcr.trusted_proxies})
 * @param clientCertificateHeader the header in which they pass a client's certificate on
 *                                ({@code oauth.mutualtls.client_certificate_header})
 * @param maxBodyBytes            longest body accepted ({@code dcr.max_body_bytes})
 * @param maxConcurrentRequests   requests under way at one time, those included that wait for a thread
 *                                ({@code dcr.max_concurrent_requests})
 * @param allowedOrigins          origins of browser clients, or {@code *} ({@code dcr.cors.allowed_origins})
 */
public record HttpConfig(
        Optional<URI> publicBaseUrl,
        String basePath,
        List<Network> trustedProxies,
        Optional<String> clientCertificateHeader,
        int maxBodyBytes,
        int maxConcurrentRequests,
        Set<String> allowedOrigins) {

    private static final int SMALLEST_BODY = 1024;
    private static final int LARGEST_BODY = 64 * 1024 * 1024;
    private static final ValueType<String> BASE_PATH = ValueType.ofText("path", HttpConfig::path);

    /** Reads the keys named above. */
    public static HttpConfig from(ConfigReader config) {
        var dcr = config.table("dcr");
        return new HttpConfig(
                dcr.optional(
                        "public_base_url",
                        ValueType.BASE_URL,
                        "Address of this server in its replies; without it, the one a request came to."),
                dcr.value("base_path", BASE_PATH, "", "Path before `/register`, such as `/open-banking/v3.3`."),
                dcr.list("trusted_proxies", ValueType.NETWORK, List.of(), "Whose forwarding headers are believed."),
                config.table("oauth.mutualtls")
                        .optional(
                                "client_certificate_header",
                                ValueType.TEXT,
                                "Header in which a trusted proxy passes on the client's certificate."),
                dcr.value(
                        "max_body_bytes",
                        ValueType.number(SMALLEST_BODY, LARGEST_BODY),
                        262_144,
                        "Longest request body accepted."),
                dcr.value(
                        "max_concurrent_requests",
                        ValueType.number(1, 100_000),
                        256,
                        "Requests under way at one time, waiting ones included; more are answered 503 at once."),
                Set.copyOf(config.table("dcr.cors")
                        .list(
                                "allowed_origins",
                                ValueType.ORIGIN,
                                List.of(),
                                "Origins of browser clients, or `*` for any.")));
    }

    private static String path(String path) {
        if (path.matches("(?:/[A-Za-z0-9._~-]+)+")) return path;
        throw new IllegalArgumentException(
                "must start with a slash and not end with one, such as /open-banking/v3.3, not " + Quoted.of(path));
    }
}
