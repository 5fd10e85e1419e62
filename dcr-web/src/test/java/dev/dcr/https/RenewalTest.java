package dev.dcr.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
    @TempDir
    Path directory;

    private Path certificate;
    private Path key;
    private Renewal renewal;

    @BeforeEach
    void begin() throws IOException {
        certificate = Files.writeString(directory.resolve("certificate"), "old");
        key = Files.writeString(directory.resolve("key"), "old");
        renewal = new Renewal(List.of(certificate, key));
    }

    @Test
    void isNotDueAsLongAsNothingChanges() {
        assertThat(renewal.isDue()).isFalse();
        assertThat(renewal.isDue()).isFalse();
    }

    @Test
    void isDueOnceWhatIsNewStandsStill() throws IOException {
        Files.writeString(certificate, "new");
        assertThat(renewal.isDue()).isFalse();
        Files.writeString(key, "new");
        assertThat(renewal.isDue()).isFalse();
        assertThat(renewal.isDue()).isTrue();
    }

    @Test
    void staysDueUntilItIsDone() throws IOException {
        Files.writeString(certificate, "new");
        renewal.isDue();
        assertThat(renewal.isDue()).isTrue();
        assertThat(renewal.isDue()).isTrue();
        renewal.done();
        assertThat(renewal.isDue()).isFalse();
    }

    @Test
    void isNotDueWhereTheOldIsPutBack() throws IOException {
        Files.writeString(certificate, "new");
        renewal.isDue();
        Files.writeString(certificate, "old");
        assertThat(renewal.isDue()).isFalse();
        assertThat(renewal.isDue()).isFalse();
    }

    @Test
    void isDueWhereAFileIsTakenAway() throws IOException {
        Files.delete(key);
        renewal.isDue();
        assertThat(renewal.isDue()).isTrue();
    }
}
