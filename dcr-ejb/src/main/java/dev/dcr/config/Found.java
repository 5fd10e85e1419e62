package dev.dcr.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** A value and the source that it was found in. */
record Found(ConfigSource source, String key) {

    /** For a message: {@code deployment.toml:12: dcr.profile}, {@code environment variable DCR_PROFILE}. */
    String where() {
        if (source instanceof DeploymentToml toml) return toml.file().position(key) + ": " + key;
        var name = source.getName();
        if (name.contains("EnvConfigSource")) return "environment variable " + ListName.inEnvironment(key);
        if (name.contains("SysPropConfigSource")) return "system property " + key;
        return name + ": " + key;
    }

    /** What the file itself says it is; empty for sources that know strings only. */
    Optional<TomlFile.Kind> kind() {
        return toml().flatMap(file -> file.entry(key)).map(TomlFile.Entry::kind);
    }

    /** Whether it may stand where one of these is expected. */
    boolean isOneOf(Set<TomlFile.Kind> kinds) {
        return kind().map(kinds::contains).orElse(true);
    }

    boolean isBlank() {
        return source.getValue(key).isBlank();
    }

    /** The text, {@link Placeholders} resolved. */
    String text() {
        return resolved(source.getValue(key));
    }

    List<String> elements() {
        return CommaList.parse(source.getValue(key)).stream()
                .map(this::resolved)
                .toList();
    }

    private String resolved(String text) {
        return toml().map(file -> new Placeholders(file).resolve(text)).orElse(text);
    }

    private Optional<TomlFile> toml() {
        return source instanceof DeploymentToml toml ? Optional.of(toml.file()) : Optional.empty();
    }
}
