package dev.dcr.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * {@code deployment.toml} as a source of MicroProfile Config, below the environment and system properties. Nothing else
 * opens that file: the one that the system property {@code dcr.config} or the environment variable {@code DCR_CONFIG}
 * names, else {@code deployment.toml} in the working directory, else in the server's configuration folder.
 */
public final class DeploymentToml implements ConfigSource {
    private static final int BELOW_ENVIRONMENT = 250;

    private final TomlFile file;

    /** The file of this server. Every module of the EAR instantiates its own source; the file is parsed once. */
    public DeploymentToml() {
        this(Parsed.FILE);
    }

    /** A certain file, which must exist. */
    public DeploymentToml(Path path) {
        this(TomlFile.read(path));
    }

    DeploymentToml(TomlFile file) {
        this.file = file;
    }

    TomlFile file() {
        return file;
    }

    @Override
    public int getOrdinal() {
        return BELOW_ENVIRONMENT;
    }

    @Override
    public String getName() {
        return "deployment.toml";
    }

    @Override
    public Set<String> getPropertyNames() {
        return getProperties().keySet();
    }

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<String, String>();
        for (var key : file.keys()) {
            var value = getValue(key);
            if (value != null) properties.put(key, value);
        }
        return properties;
    }

    /** The value as it stands in the file; {@link Placeholders} are resolved where it is used. */
    @Override
    public String getValue(String key) {
        return file.entry(key)
                .filter(entry -> entry.kind() != TomlFile.Kind.EMPTY_TABLE)
                .map(TomlFile.Entry::text)
                .orElse(null);
    }

    /** Where the file is; one that was named need not exist, which is reported when it is read. */
    static Optional<Path> located(UnaryOperator<String> property, UnaryOperator<String> environment) {
        return Optional.ofNullable(property.apply("dcr.config"))
                .or(() -> Optional.ofNullable(environment.apply("DCR_CONFIG")))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .or(() -> Stream.of("user.dir", "jboss.server.config.dir")
                        .map(property)
                        .filter(Objects::nonNull)
                        .map(folder -> Path.of(folder, "deployment.toml"))
                        .filter(Files::isRegularFile)
                        .findFirst());
    }

    private static final class Parsed {
        static final TomlFile FILE =
                located(System::getProperty, System::getenv).map(TomlFile::read).orElseGet(TomlFile::none);
    }
}
