package dev.dcr.config;

/**
 * How many requests one node answers in a minute ({@code dcr.rate_limit}); 0 for no limit.
 *
 * @param requests         of one source address ({@code requests_per_minute})
 * @param clientRequests   by which one client is managed ({@code client_requests_per_minute}); with such a limit they do
 *                         not count against its address
 * @param softwareRequests by which one piece of software registers ({@code software_requests_per_minute})
 * @param burst            how many of each may come at once ({@code burst})
 */
public record RateLimitConfig(int requests, int clientRequests, int softwareRequests, int burst) {
    private static final ValueType<Integer> RATE = ValueType.number(0, Integer.MAX_VALUE);

    /** Reads {@code dcr.rate_limit}. */
    public static RateLimitConfig from(ConfigReader config) {
        var limit = config.table("dcr.rate_limit");
        return new RateLimitConfig(
                limit.value("requests_per_minute", RATE, 0, "Requests of one source in a minute; 0 for no limit."),
                limit.value(
                        "client_requests_per_minute",
                        RATE,
                        0,
                        "Requests that manage one client in a minute, which then do not count against its source;"
                                + " 0 for no limit."),
                limit.value(
                        "software_requests_per_minute",
                        RATE,
                        0,
                        "Registrations by one `software_id` of a verified statement in a minute; 0 for no limit."),
                limit.value("burst", ValueType.number(1, Integer.MAX_VALUE), 20, "How many of each may come at once."));
    }

    /** Whether anything is limited. */
    public boolean isOn() {
        return requests > 0 || clientRequests > 0 || softwareRequests > 0;
    }
}
