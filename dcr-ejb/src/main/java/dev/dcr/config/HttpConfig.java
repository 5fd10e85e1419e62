package dev.dcr.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoint as the world sees it.
 *
 * @param publicBaseUrl           what {@code registration_client_uri} starts with, without a trailing slash; empty takes
 *                                the address that the request came to ({@code dcr.public_base_url})
 * @param basePath                path before {@code /register}: empty, or with a leading and no trailing slash
 *                                ({@code dcr.base_path})
 * @param trustedProxies          whose forwarding headers are believed ({@code dcr.trusted_proxies})
 * @param clientCertificateHeader the header in which they pass a client's certificate on
 *                                ({@code oauth.mutualtls.client_certificate_header})
 * @param maxBodyBytes            longest body accepted ({@code dcr.max_body_bytes})
 * @param allowedOrigins          origins of browser clients, or {@code *} ({@code dcr.cors.allowed_origins})
 * @param requestsPerMinute       requests of one source in a minute; 0 for no limit
 *                                ({@code dcr.rate_limit.requests_per_minute})
 * @param burst                   how many of them may come at once ({@code dcr.rate_limit.burst})
 */
public record HttpConfig(
        Optional<URI> publicBaseUrl,
        String basePath,
        List<Network> trustedProxies,
        Optional<String> clientCertificateHeader,
        int maxBodyBytes,
        Set<String> allowedOrigins,
        int requestsPerMinute,
        int burst) {}
