package dev.dcr.startup;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docker/deployment.toml}: its keys that are commented out stand right behind the {@code #}. */
class SampleFileTest {
    private static final Path SAMPLE = Path.of("../docker/deployment.toml");
    private static final Pattern HEADER = Pattern.compile("#?(\\[.*])");
    private static final Pattern KEY = Pattern.compile("#?([a-z_]+) = .*");

    @Test
    void isAcceptedAsItStands() {
        assertThat(Configured.by(SAMPLE).problems()).isEmpty();
    }

    @Test
    void namesEveryKey() throws IOException {
        var documented = Settings.reference().stream()
                .map(key -> ConfigurationPage.table(key) + " " + ConfigurationPage.name(key))
                .toList();
        assertThat(keysOfSample()).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void isWellFormedWithEveryKeyInPlace() throws IOException {
        var everything = Files.readAllLines(SAMPLE).stream()
                .map(line -> line.startsWith("#") && !line.startsWith("# ") ? line.substring(1) : line)
                .collect(joining("\n"));
        assertThat(Configured.by(everything).problems())
                .isNotEmpty()
                .noneMatch(
                        problem -> problem.contains("unknown key") || problem.matches("deployment.toml:\\d+:\\d+.*"));
    }

    private static Set<String> keysOfSample() throws IOException {
        var keys = new HashSet<String>();
        var table = "";
        for (var line : Files.readAllLines(SAMPLE)) {
            var header = HEADER.matcher(line);
            var key = KEY.matcher(line);
            if (header.matches()) table = header.group(1);
            else if (key.matches()) keys.add(table + " " + key.group(1));
        }
        return keys;
    }
}
