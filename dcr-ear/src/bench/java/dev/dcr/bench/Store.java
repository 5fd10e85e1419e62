package dev.dcr.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A database for a server.
 *
 * @param name     {@code h2}, {@code postgresql}
 * @param url      JDBC address
 * @param json     a JSON parameter in SQL
 * @param settling statements after which a database that was just filled does nothing by itself for a while
 * @param cpu      processor time until now; zero where the database lives in the server
 */
record Store(
        String name,
        String url,
        String user,
        String password,
        String json,
        List<String> settling,
        Supplier<Duration> cpu) {

    /** In files of this directory, by the server's own process; durable as the server's default is. */
    static Store h2(Path directory) {
        return new Store(
                "h2",
                "jdbc:h2:file:" + directory.resolve("dcr") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "sa",
                "sa",
                "? format json",
                List.of("analyze", "checkpoint"),
                () -> Duration.ZERO);
    }

    /** A new database of a running PostgreSQL. */
    static Store postgresql(EmbeddedPostgres postgres, ProcessHandle postmaster, String database) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
        return new Store(
                "postgresql",
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database,
                "postgres",
                "postgres",
                "cast(? as jsonb)",
                List.of("vacuum analyze", "checkpoint"),
                () -> Program.cpu(postmaster));
    }

    /** PostgreSQL with its own defaults: a commit is on the disk when it is acknowledged. */
    static EmbeddedPostgres startPostgresql(Path data) throws IOException, SQLException {
        var postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "4GB") // no checkpoint while a load runs
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var shown = connection
                        .createStatement()
                        .executeQuery("select current_setting('fsync') || current_setting('synchronous_commit')"
                                + " || current_setting('full_page_writes')")) {
            shown.next();
            if (!"ononon".equals(shown.getString(1))) throw new IllegalStateException("PostgreSQL is not durable");
        }
        return postgres;
    }

    static ProcessHandle postmaster(Path data) throws IOException {
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    Connection connect() throws SQLException {
        var options = "postgresql".equals(name) ? "?reWriteBatchedInserts=true" : "";
        return DriverManager.getConnection(url + options, user, password);
    }

    void settle() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : settling) statement.execute(sql);
        }
    }
}
