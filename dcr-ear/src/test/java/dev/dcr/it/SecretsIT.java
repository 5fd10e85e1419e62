package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * No secret that a server was given or gave out stands in anything that it leaves: its log and its files, which every
 * {@link ServerProcess} looks through at its end, error bodies, which every {@link RegistrationClient} looks through, and
 * here its database and its metrics. On PostgreSQL whatever the test run is for.
 */
class SecretsIT {
    private static final String ADMIN_TOKEN = "the-operators-own-token-4711";

    @Test
    void leavesNoSecretInDatabaseMetricsOrLog() throws IOException, SQLException {
        var database = Postgres.newDatabase();
        try (var server = ServerProcess.configured("""
                        [dcr.admin]
                        token = "%s"
                        [dcr.management]
                        rotate_registration_access_token = true
                        """.formatted(ADMIN_TOKEN))
                .environment("DCR_DATABASE_URL", database)
                .environment(
                        "DCR_CLIENT_SECRET_ENCRYPTION_KEY_FILE", encryptionKey().toString())
                .start()) {
            live(server);
            assertThat(Secrets.SEEN.in(String.join("\n", rows(database)))).isEmpty();
            var metrics = new RegistrationClient(server.management()).send("GET", "/metrics", new byte[0], Map.of());
            assertThat(Secrets.SEEN.in(metrics.body())).isEmpty();
            assertThat(Secrets.SEEN.in(server.output())).isEmpty();
        }
    }

    /** Everything that hands out credentials or takes them, properly and not. */
    private static void live(ServerProcess server) {
        var client = new RegistrationClient(server.http().resolve("/register"));
        var admin = new RegistrationClient(server.http().resolve("/admin/initial-access-tokens"));
        var initial =
                admin.create(json("{'uses': 2}"), bearer(ADMIN_TOKEN)).json().getString("initial_access_token");
        var registered = client.create(metadata().build(), bearer(initial));
        assertThat(registered.status()).isEqualTo(201);
        var id = registered.clientId();
        var secret = registered.json().getString("client_secret");
        assertThat(Secrets.SEEN.in(secret + " " + initial + " " + ADMIN_TOKEN)).hasSize(3);
        var update =
                metadata().add("client_id", id).add("client_secret", secret).build();
        var updated = client.replace(id, registered.registrationAccessToken(), update);
        assertThat(updated.status()).isEqualTo(200);
        assertThat(client.read(id, registered.registrationAccessToken()).status())
                .isEqualTo(401);
        assertThat(client.read(id, initial).status()).isEqualTo(401);
        assertThat(client.read(id, ADMIN_TOKEN).status()).isEqualTo(401);
        assertThat(client.read(id, secret).status()).isEqualTo(401);
        assertThat(client.create(json("{}"), bearer(initial)).status()).isEqualTo(400);
        assertThat(client.delete(id, updated.registrationAccessToken()).status())
                .isEqualTo(204);
        assertThat(client.create(metadata().build(), bearer(initial)).status()).isEqualTo(201);
    }

    /** Every row of every table, as text. */
    private static List<String> rows(String database) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var names = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'public'")) {
                while (names.next()) tables.add(names.getString(1));
            }
            assertThat(tables).contains("client", "audit_event", "initial_access_token");
            for (var table : tables) {
                try (var found = statement.executeQuery("select t::text from \"" + table + "\" t")) {
                    while (found.next()) rows.add(found.getString(1));
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(3);
        return rows;
    }

    private static Path encryptionKey() throws IOException {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        var key = Base64.getEncoder().encodeToString(bytes);
        Secrets.SEEN.inFile(key);
        return Files.writeString(Files.createTempFile(Path.of("target"), "encryption", ".key"), key + "\n")
                .toAbsolutePath();
    }
}
