package dev.dcr.startup;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jboss.logging.Logger;

/**
 * The tables, and how they are brought up to date while other nodes serve from them. Migrations newer than this version's
 * own are left alone: they were made by a version whose schema this one can serve from.
 */
final class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class);
    private static final String IN_USE = "55P03";
    private static final String DEADLOCK = "40P01";

    /** A migration waits for a lock for one second in five: requests queue behind it no longer than that. */
    private static final RetryPolicy<Object> UNTIL_LOCKED = RetryPolicy.builder()
            .handleIf(Schema::isLockedOut)
            .withDelay(Duration.ofSeconds(4))
            .withMaxDuration(Duration.ofMinutes(2))
            .withMaxRetries(-1)
            .onRetry(event -> LOG.warn("a migration waits for a table that is in use: "
                    + event.getLastException().getMessage()))
            .build();

    private final DataSource database;
    private final Dialect dialect;
    private final Flyway flyway;

    /** @param locations where the migrations are, in Flyway's notation */
    Schema(DataSource database, Dialect dialect, String... locations) {
        this.database = database;
        this.dialect = dialect;
        var settings = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .loggers("slf4j") // by itself it loads every logging library to find out which there is
                .locations(locations)
                .placeholders(dialect.placeholders())
                .ignoreMigrationPatterns("*:future")
                .lockRetryCount(-1) // of nodes that start together, one migrates, however long its index takes
                .callbacks(new EachMigration(this::limitWait));
        // the others wait in no transaction, for an index waits in turn until all transactions have ended
        settings.getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        this.flyway = settings.load();
    }

    /** @throws FlywayException if a migration failed, or if one that ran before has been changed since */
    void migrate() {
        try {
            migrateWhenUnlocked();
        } catch (FlywayValidateException invalid) {
            if (!forgetFailed()) throw invalid;
            migrateWhenUnlocked();
        }
    }

    private void migrateWhenUnlocked() {
        Failsafe.with(UNTIL_LOCKED).run(flyway::migrate);
    }

    private void limitWait(Context migration) {
        if (dialect != Dialect.POSTGRESQL) return;
        // ends with the migration's transaction; what runs outside of one holds nobody up and may wait
        try (var statement = migration.getConnection().createStatement()) {
            statement.execute("set local lock_timeout = '1s'");
        } catch (SQLException unusable) {
            throw new FlywayException(unusable);
        }
    }

    /** On PostgreSQL only what ran outside of a transaction leaves a trace of failing, and that is written to run again. */
    private boolean forgetFailed() {
        if (dialect != Dialect.POSTGRESQL) return false;
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate("delete from flyway_schema_history where not success") > 0;
        } catch (SQLException unusable) {
            throw new FlywayException(unusable);
        }
    }

    private static boolean isLockedOut(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && Set.of(IN_USE, DEADLOCK).contains(Objects.toString(sql.getSQLState(), "")));
    }
}
