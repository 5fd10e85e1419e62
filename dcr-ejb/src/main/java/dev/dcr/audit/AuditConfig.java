package dev.dcr.audit;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;
import java.time.Duration;
import java.util.Optional;

/**
 * How the audit trail is kept.
 *
 * @param retention how long; empty for ever ({@code dcr.audit.retention})
 */
public record AuditConfig(Optional<Duration> retention) {
    private static final int TEN_CENTURIES = 365_250;

    /** Reads {@code dcr.audit}. */
    public static AuditConfig from(ConfigReader config) {
        var days = config.table("dcr.audit")
                .value(
                        "retention",
                        ValueType.number(0, TEN_CENTURIES),
                        0,
                        "Days after which events of the audit trail are deleted; 0 keeps them for ever.");
        return new AuditConfig(Optional.of(Duration.ofDays(days)).filter(time -> !time.isZero()));
    }
}
