package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static dev.dcr.it.Scene.openRegistration;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Queue;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.Test;

/** This version beside a later one, whose schema has grown: {@code db/later}. */
class UpgradeIT {
    @Test
    void servesWhileALaterVersionMigratesAndStartsOnWhatThatLeaves() throws SQLException {
        var database = Postgres.newDatabase();
        try (var before = ServerProcess.configured(openRegistration())
                .environment("DCR_DATABASE_URL", database)
                .start()) {
            fill(database);
            var load = Load.on(before);
            try (load) {
                load.awaitProgress();
                migrateAsALaterVersion(database);
                load.awaitProgress();
            }
            assertThat(load.failures()).isEmpty();
            assertThat(isIndexed(database)).isTrue();

            try (var downgraded = ServerProcess.configured(openRegistration())
                    .environment("DCR_DATABASE_URL", database)
                    .environment("DCR_CLIENT_SECRET_ENCRYPTION_KEY_FILE", keyOf(before))
                    .start()) {
                serves(downgraded, load.registered());
            }
        }
    }

    private static void serves(ServerProcess server, Queue<JsonObject> registered) {
        var client = new RegistrationClient(server.http().resolve("/register"));
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
        for (var known : registered) {
            var read = client.read(known.getString("client_id"), known.getString("registration_access_token"));
            assertThat(read.status()).isEqualTo(200);
        }
        var id = registered.element().getString("client_id");
        var token = registered.element().getString("registration_access_token");
        var update = metadata().add("client_id", id).build();
        assertThat(client.replace(id, token, update).status()).isEqualTo(200);
        assertThat(client.delete(id, token).status()).isEqualTo(204);
    }

    private static String keyOf(ServerProcess server) {
        return server.directory()
                .resolve("data/client-secret.key")
                .toAbsolutePath()
                .toString();
    }

    /** So many rows that the index takes longer than a request. */
    private static void fill(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            statement.execute("insert into client (client_id, metadata, issued_at, changed_at, version)"
                    + " select 'filled ' || n, '{}'::jsonb, now(), now(), 0 from generate_series(1, 200000) n");
        }
    }

    private static void migrateAsALaterVersion(String database) {
        var flyway = Flyway.configure()
                .dataSource(database, null, null)
                .locations("classpath:db/migration", "classpath:db/later")
                .placeholders(Map.of("json", "jsonb", "concurrently", "concurrently"));
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        assertThat(flyway.load().migrate().migrationsExecuted).isEqualTo(2);
    }

    private static boolean isIndexed(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var rows = connection
                        .createStatement()
                        .executeQuery("select indisvalid from pg_index where indexrelid = 'client_later'::regclass")) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
