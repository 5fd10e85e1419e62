package dev.dcr.it;

import static dev.dcr.it.Scene.openRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is lost and comes back from a backup that was taken under load, as {@code docs/operations.md} tells. */
class BackupIT {
    @TempDir
    Path backup;

    @Test
    void h2ComesBackFromACopyOfItsFolderWithTheKeyInIt() {
        List<JsonObject> acknowledged;
        var server = ServerProcess.configured(openRegistration()).start();
        var data = server.directory().resolve("data");
        try (server) {
            var load = Load.on(server);
            try (load) {
                load.awaitProgress();
                acknowledged = List.copyOf(load.registered());
                server.pausedFor(() -> copy(data, backup));
                load.awaitProgress();
            }
            assertThat(load.failures()).isEmpty();
            server.kill();
        }
        delete(data);

        copy(backup, data);
        try (var restored = ServerProcess.configured(openRegistration())
                .in(server.directory())
                .start()) {
            allAreThere(restored, acknowledged);
        }
    }

    @Test
    void postgresComesBackFromABaseBackupAndTheSecretsWithTheKey() {
        List<JsonObject> acknowledged;
        try (var lost = OwnPostgres.start();
                var server = ServerProcess.configured(openRegistration())
                        .environment("DCR_DATABASE_URL", lost.url())
                        .start()) {
            var load = Load.on(server);
            try (load) {
                load.awaitProgress();
                acknowledged = List.copyOf(load.registered());
                lost.backUp(backup.resolve("postgresql"));
                load.awaitProgress();
            }
            assertThat(load.failures()).isEmpty();
            copy(server.directory().resolve("data"), backup.resolve("key"));
            lost.kill();
            delete(lost.data());
            server.kill();
        }

        var directory = backup.resolve("node");
        copy(backup.resolve("key"), directory.resolve("data"));
        try (var found = OwnPostgres.startOn(backup.resolve("postgresql"));
                var restored = ServerProcess.configured(openRegistration())
                        .environment("DCR_DATABASE_URL", found.url())
                        .in(directory)
                        .start()) {
            allAreThere(restored, acknowledged);
        }
    }

    /** Each with its secret, which only the key opens. */
    private static void allAreThere(ServerProcess server, List<JsonObject> acknowledged) {
        var client = new RegistrationClient(server.http().resolve("/register"));
        assertThat(acknowledged).isNotEmpty();
        for (var known : acknowledged) {
            var read = client.read(known.getString("client_id"), known.getString("registration_access_token"));
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.json().getString("client_secret")).isEqualTo(known.getString("client_secret"));
        }
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(file)) Files.copy(file, copy);
                else Files.createDirectories(copy);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
