package dev.dcr.encryption;

import dev.dcr.config.DatabaseConfig;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The operator's secret keys, newest first: the first one works for what is new, all of them for what is there. */
@ApplicationScoped
public class EncryptionKeys {
    @Inject
    EncryptionConfig config;

    @Inject
    DatabaseConfig database;

    private List<byte[]> keys;

    @PostConstruct
    void load() {
        keys = KeyFile.load(config, database);
    }

    /** The keys themselves, to encrypt with. */
    public List<byte[]> all() {
        return keys;
    }

    /** Keys derived from them, to authenticate what belongs to this purpose and to no other. */
    public MacKeys forCodesOf(String purpose) {
        return MacKeys.derivedFrom(all(), purpose);
    }
}
