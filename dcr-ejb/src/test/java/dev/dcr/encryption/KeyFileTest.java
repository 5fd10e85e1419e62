package dev.dcr.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.config.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    Path home;

    @Test
    void isMadeBesideTheDatabaseForNobodyElseToRead() throws IOException {
        var data = home.resolve("data");

        assertThat(load(data)).singleElement().satisfies(key -> assertThat(key).hasSize(32));
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("client-secret.key"))).isEqualTo("rw-------");
    }

    @Test
    void isMadeOnce() {
        var first = load(home);

        assertThat(load(home)).usingRecursiveComparison().isEqualTo(first);
    }

    @Test
    void itsFolderMayBeALinkToAnother() throws IOException {
        var link = Files.createSymbolicLink(home.resolve("data"), Files.createDirectory(home.resolve("volume")));

        assertThat(load(link)).hasSize(1);
        assertThat(home.resolve("volume/client-secret.key")).exists();
    }

    private static List<byte[]> load(Path folder) {
        var second = Duration.ofSeconds(1);
        var database = new DatabaseConfig("jdbc:h2:file:" + folder.resolve("dcr"), "", "", 1, second, second);
        return KeyFile.load(new EncryptionConfig(Optional.empty()), database);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
