package dev.dcr.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of all members says what the table says. */
class MetadataPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metadata.md");

    @Test
    void isGeneratedFromTheTable() throws IOException {
        var expected = MetadataPage.text();
        if (Boolean.getBoolean("docs.write")) Files.writeString(PAGE, expected);
        assertThat(PAGE)
                .as("regenerate it with: mvn -pl dcr-ejb test -Dtest=MetadataPageTest -Ddocs.write=true")
                .content()
                .isEqualTo(expected);
    }
}
