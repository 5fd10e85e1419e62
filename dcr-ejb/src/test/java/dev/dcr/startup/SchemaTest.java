package dev.dcr.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema of this version on a real PostgreSQL, and what a later version will do to it. */
class SchemaTest {
    private static final String OWN = "classpath:db/migration";
    private static final String COLUMN = "classpath:db/later";
    private static final String INDEX = "classpath:db/index";

    private static final String BUILDING =
            "pg_stat_activity where datname = current_database() and query like 'create index%'";
    private static final String ALTERING = "pg_locks where mode = 'AccessExclusiveLock' and not granted";

    private static EmbeddedPostgres postgres;

    private DataSource database;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void migrated() throws SQLException {
        var name = "schema_" + UUID.randomUUID().toString().replace("-", "");
        execute(postgres.getPostgresDatabase(), "create database " + name);
        database = postgres.getDatabase("postgres", name);
        schema(OWN).migrate();
    }

    @Test
    void requestsWriteWhileAnIndexWaitsForATransactionToEnd() throws SQLException {
        schema(OWN, COLUMN).migrate();
        try (var request = database.getConnection()) {
            request.setAutoCommit(false);
            execute(request, "delete from client where client_id = 'under way'");
            var migration = CompletableFuture.runAsync(() -> later().migrate());
            await().until(() -> count(BUILDING + " and wait_event_type = 'Lock'") > 0);

            execute(request, "delete from client where client_id = 'still under way'");
            execute(database, "delete from client where client_id = 'another'");
            assertThat(migration).isNotDone();
            request.commit();
            migration.join();
        }
        assertThat(validIndexes()).isOne();
    }

    @Test
    void aTableInUseIsWaitedForInTurnsThatRequestsPassBetween() throws SQLException {
        CompletableFuture<Void> migration;
        try (var dump = database.getConnection()) {
            dump.setAutoCommit(false);
            execute(dump, "lock table client in access share mode");
            migration = CompletableFuture.runAsync(() -> later().migrate());
            await().until(() -> count(ALTERING) > 0);
            await().until(() -> count(ALTERING) == 0);
            assertThat(migration).isNotDone();
            execute(database, "update client set version = version");
        }
        await().atMost(Duration.ofSeconds(20)).until(migration::isDone);
        migration.join();
        assertThat(validIndexes()).isOne();
    }

    @Test
    void anIndexThatFailedHalfWayIsBuiltAnewByTheNextStart() throws SQLException {
        schema(OWN, COLUMN).migrate();
        try (var request = database.getConnection()) {
            request.setAutoCommit(false);
            execute(request, "delete from client where client_id = 'under way'");
            var migration = CompletableFuture.runAsync(() -> later().migrate());
            await().until(() -> count(BUILDING + " and wait_event_type = 'Lock'") > 0);
            execute(database, "select pg_cancel_backend(pid) from " + BUILDING);
            assertThatThrownBy(migration::join).hasMessageContaining("V902__index.sql");
        }
        assertThat(validIndexes()).isZero();

        later().migrate();
        assertThat(validIndexes()).isOne();
    }

    @Test
    void nodesThatStartTogetherMigrateOnce() throws SQLException {
        var one = CompletableFuture.runAsync(() -> later().migrate());
        later().migrate();
        one.join();
        assertThat(count("flyway_schema_history where version = '902'")).isOne();
    }

    @Test
    void theVersionBeforeStartsOnALaterSchema() throws SQLException {
        later().migrate();
        schema(OWN).migrate();
        assertThat(count("flyway_schema_history where version = '902'")).isOne();
    }

    @Test
    void aMigrationThatWasChangedAfterItRanIsRefused() throws SQLException {
        execute(database, "update flyway_schema_history set checksum = checksum + 1 where version = '1'");
        assertThatThrownBy(() -> schema(OWN).migrate()).isInstanceOf(FlywayValidateException.class);
    }

    @Test
    void h2TakesTheSameFiles() {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        new Schema(h2, Dialect.H2, OWN, COLUMN, INDEX).migrate();
        new Schema(h2, Dialect.H2, OWN).migrate();
    }

    /** The schema as a later version makes it. */
    private Schema later() {
        return schema(OWN, COLUMN, INDEX);
    }

    private Schema schema(String... locations) {
        return new Schema(database, Dialect.POSTGRESQL, locations);
    }

    private long validIndexes() throws SQLException {
        return count("pg_index where indisvalid and indexrelid::regclass::text = 'client_later'");
    }

    private long count(String from) throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(DataSource on, String sql) throws SQLException {
        try (var connection = on.getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
