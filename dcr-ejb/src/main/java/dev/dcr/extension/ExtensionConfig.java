package dev.dcr.extension;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's extension service ({@code financial_services.extensions.endpoint}, {@code dcr.extensions}).
 *
 * @param baseUrl        where it listens; empty where extensions are not enabled
 * @param allowed        the points it is asked at
 * @param attempts       attempts in all, at least 1 ({@code retry_count})
 * @param merge          whether its answer may replace what request and statement set
 * @param breakerFailures outages in a row after which it is left alone
 * @param breakerDelay   for how long it is left alone then
 */
public record ExtensionConfig(
        Optional<URI> baseUrl,
        Set<ExtensionPoint> allowed,
        int attempts,
        Duration connectTimeout,
        Duration readTimeout,
        Security security,
        Merge merge,
        int breakerFailures,
        Duration breakerDelay) {

    /** What an answer's members do to members that request or statement set. */
    public enum Merge {
        ADD,
        REPLACE
    }

    /** How this server proves itself to the extension service. */
    public sealed interface Security {

        /** Not at all: neither username nor token is configured. */
        record None() implements Security {}

        /** RFC 7617. */
        record Basic(String username, String password) implements Security {}

        /** RFC 6750, with a token that never changes. */
        record FixedToken(String token) implements Security {}

        /** RFC 6749 §4.4: tokens fetched with the server's own credentials. */
        record ClientCredentials(URI tokenEndpoint, String clientId, String clientSecret, Optional<String> scope)
                implements Security {}
    }

    /** Whether the service is asked at this point. */
    public boolean asks(ExtensionPoint point) {
        return baseUrl.isPresent() && allowed.contains(point);
    }
}
