package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void thePageSaysWhatTheServerReads() throws IOException {
        var page = ConfigurationPage.markdown();
        if (Boolean.getBoolean("docs.write")) Files.writeString(PAGE, page);
        assertThat(PAGE)
                .as("stale; write it anew: mvn -pl dcr-ejb test -Dtest=ConfigurationPageTest -Ddocs.write=true")
                .hasContent(page);
    }
}
