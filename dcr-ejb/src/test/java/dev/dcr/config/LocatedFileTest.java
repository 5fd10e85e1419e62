package dev.dcr.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocatedFileTest {
    @TempDir
    Path working;

    @TempDir
    Path server;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void folders() {
        properties.put("user.dir", working.toString());
        properties.put("jboss.server.config.dir", server.toString());
    }

    @Test
    void withoutAnyFileThereIsNone() {
        assertThat(located()).isEmpty();
    }

    @Test
    void theWorkingDirectoryComesBeforeTheServersConfigurationFolder() throws IOException {
        var inServer = Files.createFile(server.resolve("deployment.toml"));
        assertThat(located()).contains(inServer);
        var inWorking = Files.createFile(working.resolve("deployment.toml"));
        assertThat(located()).contains(inWorking);
    }

    @Test
    void aNamedFileComesFirstAndNeedNotExist() throws IOException {
        Files.createFile(working.resolve("deployment.toml"));
        environment.put("DCR_CONFIG", "/etc/dcr/environment.toml");
        assertThat(located()).contains(Path.of("/etc/dcr/environment.toml"));
        properties.put("dcr.config", "/etc/dcr/property.toml");
        assertThat(located()).contains(Path.of("/etc/dcr/property.toml"));
    }

    @Test
    void anEmptyNameNamesNoFile() {
        environment.put("DCR_CONFIG", "");
        assertThat(located()).isEmpty();
    }

    private Optional<Path> located() {
        return DeploymentToml.located(properties::get, environment::get);
    }
}
