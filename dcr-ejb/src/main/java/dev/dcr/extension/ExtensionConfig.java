package dev.dcr.extension;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import dev.dcr.error.Quoted;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's extension service ({@code financial_services.extensions.endpoint}, {@code dcr.extensions}).
 *
 * @param baseUrl        where it listens; empty where extensions are not enabled
 * @param allowed        the points it is asked at
 * @param attempts       attempts in all, at least 1 ({@code retry_count})
 * @param merge          whether its answer may replace what request and statement set
 * @param maxConcurrentCalls requests that may be about to ask it at one time
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
        int maxConcurrentCalls,
        int breakerFailures,
        Duration breakerDelay) {

    /** Points of the accelerator that are no part of registration. */
    private static final Set<String> OTHER_POINTS = Set.of(
            "pre_process_consent_creation",
            "enrich_consent_creation_response",
            "pre_process_consent_file_upload",
            "enrich_consent_file_response",
            "validate_consent_file_retrieval",
            "pre_process_consent_retrieval",
            "pre_process_consent_revoke",
            "enrich_consent_search_response",
            "populate_consent_authorize_screen",
            "persist_authorized_consent",
            "validate_consent_access",
            "issue_refresh_token",
            "validate_authorization_request",
            "validate_event_subscription",
            "enrich_event_subscription_response",
            "validate_event_creation",
            "validate_event_polling",
            "enrich_event_polling_response",
            "map_accelerator_error_response");

    private static final ValueType<String> POINT = ValueType.ofText("extension point", ExtensionConfig::point);
    private static final ValueType<Integer> ATTEMPTS = ValueType.number(0, 100);
    private static final ValueType<Duration> TIMEOUT = ValueType.seconds(1, 300);

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

    /** Reads the keys named above. The address and the credentials matter only where extensions are enabled. */
    public static ExtensionConfig from(ConfigReader config) {
        var endpoint = config.table("financial_services.extensions.endpoint");
        var own = config.table("dcr.extensions");
        var enabled = endpoint.value("enabled", ValueType.FLAG, false, "Whether an extension service is asked.");
        var baseUrl = endpoint.onlyIf(enabled).optional("base_url", ValueType.BASE_URL, "Where it listens.");
        endpoint.onlyIf(enabled).refuseUnset("base_url", "is needed where extensions are enabled");
        return new ExtensionConfig(
                baseUrl.filter(url -> enabled),
                points(config, endpoint),
                Math.max(1, endpoint.value("retry_count", ATTEMPTS, 5, "Attempts in all; 0 is read as 1.")),
                endpoint.value("connect_timeout", TIMEOUT, Duration.ofSeconds(5), "How long connecting may take."),
                endpoint.value(
                        "read_timeout",
                        TIMEOUT,
                        Duration.ofSeconds(5),
                        "How long it may be silent; a call may take this and `connect_timeout` together."),
                ExtensionSecurityKeys.read(config.table("financial_services.extensions.endpoint.security")
                        .onlyIf(enabled)),
                own.value(
                        "merge",
                        ValueType.choice(Merge.values()),
                        Merge.ADD,
                        "Whether its answer may replace what request and statement set."),
                own.value(
                        "max_concurrent_calls",
                        ValueType.number(1, 10_000),
                        48,
                        "Requests that may wait for its answer at one time; more are answered 503 at once."),
                own.value(
                        "breaker_failures",
                        ValueType.number(1, 1000),
                        5,
                        "Outages in a row after which it is left alone."),
                own.value(
                        "breaker_delay",
                        ValueType.seconds(1, 3600),
                        Duration.ofSeconds(10),
                        "For how long it is left alone then."));
    }

    private static Set<ExtensionPoint> points(ConfigReader config, ConfigTable endpoint) {
        var names = endpoint.list(
                "allowed_extensions",
                POINT,
                List.of(),
                "Points at which it is asked; the accelerator's other ones are skipped.");
        var others = names.stream().filter(OTHER_POINTS::contains).toList();
        if (!others.isEmpty())
            config.note("allowed_extensions: not points of this server: " + String.join(", ", others));
        return Arrays.stream(ExtensionPoint.values())
                .filter(point -> names.contains(point.configured()))
                .collect(toUnmodifiableSet());
    }

    private static String point(String name) {
        var ours = Arrays.stream(ExtensionPoint.values())
                .map(ExtensionPoint::configured)
                .toList();
        if (ours.contains(name) || OTHER_POINTS.contains(name)) return name;
        throw new IllegalArgumentException("must be one of %s, or another of the accelerator's, not %s"
                .formatted(String.join(", ", ours), Quoted.of(name)));
    }
}
