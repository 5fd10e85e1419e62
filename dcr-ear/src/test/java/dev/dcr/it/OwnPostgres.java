package dev.dcr.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

/** A PostgreSQL of one test's own, which may do with it what it likes. */
final class OwnPostgres implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres running;

    private OwnPostgres(Path data) throws IOException {
        this.data = data;
        this.running = keeping(data).start();
    }

    /** As PostgreSQL is by itself; made for tests, this one would acknowledge commits before they are written. */
    private static EmbeddedPostgres.Builder keeping(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "40"); // few enough for a test to take them all
    }

    static OwnPostgres start() {
        try {
            return startOn(Files.createTempDirectory(Path.of("target"), "postgres"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts one on what another has left, or a backup of it. */
    static OwnPostgres startOn(Path data) {
        try {
            return new OwnPostgres(data.toAbsolutePath());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return running.getPort();
    }

    /** Where its configuration and its data are. */
    Path data() {
        return data;
    }

    /** Address and user of the database that is always there. */
    String url() {
        return running.getJdbcUrl("postgres", "postgres");
    }

    /** A connection as its superuser. */
    Connection connect() throws SQLException {
        return running.getPostgresDatabase().getConnection();
    }

    /** Executes these statements, one after the other. */
    void execute(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        var postmaster = ProcessHandle.of(postmasterPid()).orElseThrow();
        var processes =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    /** Copies it, while it serves, into a directory that is not there yet. */
    void backUp(Path directory) {
        try (var connection = connect()) {
            BaseBackup.take(connection, data, directory);
        } catch (SQLException failure) {
            throw new IllegalStateException("PostgreSQL makes no backup", failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private long postmasterPid() {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts it once more, at the same address with the same data. */
    void startAgain() {
        var port = port();
        close();
        try {
            running = keeping(data).setPort(port).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
