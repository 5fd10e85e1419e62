package dev.dcr.startup;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dcr.config.ConfigurationRefused;
import dev.dcr.config.DeploymentToml;
import dev.dcr.config.TestFile;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** A server's configuration: a {@code deployment.toml} and an environment of its own. */
record Configured(Path file, Map<String, String> environment) {

    /** A file with that content. */
    static Configured by(String toml) {
        return by(TestFile.of("deployment.toml", toml));
    }

    static Configured by(Path file) {
        return new Configured(file, Map.of());
    }

    Configured with(Map<String, String> variables) {
        return new Configured(file, variables);
    }

    Settings load() {
        return Settings.load(config());
    }

    Config config() {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300), new SysPropConfigSource(), new DeploymentToml(file))
                .build();
    }

    /** What the server gives as reasons not to start. */
    List<String> problems() {
        var refused = catchThrowableOfType(ConfigurationRefused.class, this::load);
        return refused == null ? List.of() : refused.problems();
    }
}
