package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dcr.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every statement finds its rows by an index. PostgreSQL is told to scan a table from end to end only where nothing else
 * can be done, and counts how often that was.
 */
class IndexIT {
    private static final String ADMIN_TOKEN = "the-operators-token";

    private static String filled;

    @Test
    void noRequestMakesTheDatabaseScanATable() throws SQLException {
        var address = migrated();
        try (var sandbox = Sandbox.start(Scene.AUDIENCE);
                var database = DriverManager.getConnection(address)) {
            database.createStatement().execute("alter database " + database.getCatalog() + " set enable_seqscan = off");
            database.createStatement().execute("select pg_stat_reset()");

            try (var server = server(sandbox, address)) {
                live(server, sandbox);
            }
            // connections report what they did at their end
            await().until(() -> count(database, "idx_scan", "client") > 0);
            for (var table :
                    new String[] {"client", "request_jti", "initial_access_token", "audit_event", "audit_seal"})
                assertThat(count(database, "seq_scan", table)).as(table).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from request_jti where expires_at < now() order by expires_at limit 1000"
                        + " for no key update skip locked",
                "select * from initial_access_token where expires_at < now() order by expires_at limit 1000"
                        + " for no key update skip locked",
                "select * from client where due_at < now() order by due_at limit 100 for no key update skip locked",
                "select * from client where due_at is null limit 100 for no key update skip locked",
                "select software_number from client where counted_software = 'directory 7'"
            })
    void whatExpiresAndWhatIsCountedIsFoundByAnIndexAmongManyRows(String select) throws SQLException {
        try (var database = DriverManager.getConnection(filled);
                var statement = database.createStatement()) {
            assertThat(plan(statement, select))
                    .containsPattern("Index (Only )?Scan (using|on) \\w+_(expires_at|due_at|counted_software_unique)")
                    .doesNotContain("Seq Scan", "Sort");
        }
    }

    /** A database with many rows in its tables. */
    @BeforeAll
    static void fill() throws SQLException {
        filled = migrated();
        try (var database = DriverManager.getConnection(filled);
                var statement = database.createStatement()) {
            statement.execute("insert into request_jti select 'issuer', n::text, now() + n * interval '1 ms'"
                    + " from generate_series(-100000, 200000) n");
            statement.execute("insert into initial_access_token (token_hash, uses_left, expires_at, issued_at)"
                    + " select n::text, 1, now() + n * interval '1 ms', now() from generate_series(-100000, 200000) n");
            statement.execute("insert into client (client_id, metadata, counted_software, software_number, due_at,"
                    + " issued_at, changed_at, version) select n::text, '{}', 'directory ' || n % 1000, n,"
                    + " now() + n * interval '1 ms', now(), now(), 0 from generate_series(-100000, 200000) n");
            statement.execute("analyze");
        }
    }

    /** A database with the tables of the server. */
    private static String migrated() {
        var database = Postgres.newDatabase();
        try (var sandbox = Sandbox.start(Scene.AUDIENCE)) {
            server(sandbox, database).close();
        }
        return database;
    }

    private static String plan(Statement statement, String select) throws SQLException {
        try (var plan = statement.executeQuery("explain " + select)) {
            var text = new StringBuilder();
            while (plan.next()) text.append(plan.getString(1)).append('\n');
            return text.toString();
        }
    }

    /** A client's life, with everything that can be asked of the database meanwhile. */
    private static void live(ServerProcess server, Sandbox sandbox) {
        var client = new RegistrationClient(server.http().resolve("/register"));
        var admin = new RegistrationClient(server.http().resolve("/admin/initial-access-tokens"));
        var token = admin.create(Scene.json("{'uses': 9}"), bearer(ADMIN_TOKEN))
                .json()
                .getString("initial_access_token");
        var directory = sandbox.directory();
        var software = directory.software("indexed");
        var request = directory.request(software, directory.statement(software).sign());
        var headers = new HashMap<>(bearer(token));
        headers.put("Content-Type", "application/jwt");
        var rehearsed = client.send("POST", "?dry_run=true", request.sign().getBytes(UTF_8), headers);
        assertThat(rehearsed.status()).isEqualTo(200);
        var signed = client.send("POST", "", request.sign().getBytes(UTF_8), headers);
        assertThat(signed.status()).isEqualTo(201);

        var plain = client.create(metadata().build(), Map.copyOf(bearer(token)));
        assertThat(plain.status()).isEqualTo(201);
        var id = plain.clientId();
        var own = plain.registrationAccessToken();
        assertThat(client.read(id, own).status()).isEqualTo(200);
        assertThat(client.read("unknown", own).status()).isBetween(401, 403);
        var update =
                metadata().add("client_id", id).add("client_name", "updated").build();
        assertThat(client.replace(id, own, update).status()).isEqualTo(200);
        assertThat(client.delete(id, own).status()).isEqualTo(204);
        administer(server, id);
    }

    private static void administer(ServerProcess server, String clientId) {
        var admin = new RegistrationClient(server.http().resolve("/admin"));
        for (var query : List.of("", "?client_id=" + clientId, "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"))
            assertThat(admin.send("GET", "/audit" + query, new byte[0], bearer(ADMIN_TOKEN))
                            .status())
                    .isEqualTo(200);
        for (var order : List.of("/audit/verification", "/client-secrets/re-encryption"))
            assertThat(new RegistrationClient(server.http().resolve("/admin" + order))
                            .create(Scene.json("{}"), bearer(ADMIN_TOKEN))
                            .status())
                    .isEqualTo(200);
    }

    private static ServerProcess server(Sandbox sandbox, String database) {
        return ServerProcess.configured("""
                        [dcr]
                        public_base_url = "%s"
                        [dcr.software_statement]
                        reuse = "one_client"
                        """.formatted(Scene.AUDIENCE) + Scene.directory(sandbox))
                .environment("DCR_ADMIN_TOKEN", ADMIN_TOKEN)
                .environment("DCR_DATABASE_URL", database)
                .start();
    }

    private static long count(Connection database, String counter, String table) throws SQLException {
        try (var rows = database.createStatement()
                .executeQuery("select " + counter + " from pg_stat_user_tables where relname = '" + table + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
