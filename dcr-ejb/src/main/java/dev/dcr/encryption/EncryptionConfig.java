package dev.dcr.encryption;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ValueType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The operator's secret keys.
 *
 * @param keyFile where they are; empty for one made in the data folder ({@code dcr.client_secret.encryption_key_file})
 */
public record EncryptionConfig(Optional<Path> keyFile) {

    /** Reads the one key of {@code dcr.client_secret} that is not about clients. */
    public static EncryptionConfig from(ConfigReader config) {
        return new EncryptionConfig(config.table("dcr.client_secret")
                .optional(
                        "encryption_key_file",
                        ValueType.FILE,
                        "Keys that encrypt secrets at rest and seal the audit trail; without it one is made in the data"
                                + " folder."));
    }
}
