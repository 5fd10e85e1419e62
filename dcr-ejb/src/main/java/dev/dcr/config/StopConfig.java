package dev.dcr.config;

import java.time.Duration;

/**
 * How a node stops when it is told to by SIGTERM ({@code dcr.stop}).
 *
 * @param drain   how long it still serves, so that balancers notice that it is no longer ready
 * @param timeout how long the requests that are then under way may take to finish
 */
public record StopConfig(Duration drain, Duration timeout) {
    private static final ValueType<Duration> PATIENCE = ValueType.seconds(0, 3600);

    /** Reads {@code dcr.stop}. */
    public static StopConfig from(ConfigReader config) {
        var stop = config.table("dcr.stop");
        return new StopConfig(
                stop.value(
                        "drain",
                        PATIENCE,
                        Duration.ofSeconds(5),
                        "On SIGTERM, how long to serve on while readiness is down, so that balancers turn away."),
                stop.value(
                        "timeout",
                        PATIENCE,
                        Duration.ofSeconds(20),
                        "How long requests under way may then take to finish, while new ones are refused."));
    }
}
