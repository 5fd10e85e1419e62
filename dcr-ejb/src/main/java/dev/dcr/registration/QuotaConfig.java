package dev.dcr.registration;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;

/**
 * How much of the server one party may have ({@code dcr.quota}).
 *
 * @param clientsPerSoftware living clients of one piece of software; 0 for any number
 */
public record QuotaConfig(int clientsPerSoftware) {
    private static final int MOST = 10_000;

    /** Reads {@code dcr.quota}. */
    public static QuotaConfig from(ConfigReader config) {
        return new QuotaConfig(config.table("dcr.quota")
                .value(
                        "clients_per_software",
                        ValueType.number(0, MOST),
                        0,
                        "Living clients of one `software_id` of verified statements; 0 for any number."));
    }

    /** Whether anything is counted. */
    public boolean isOn() {
        return clientsPerSoftware > 0;
    }
}
