package dev.dcr.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.UUID;

/** A real PostgreSQL. It starts with the first test that asks and ends with the test run. */
public final class Postgres {
    /** Whether this test run is to take PostgreSQL where H2 would do. */
    static final boolean IS_ASKED_FOR = "postgresql".equals(System.getProperty("dcr.it.database"));

    private Postgres() {}

    /** Address, user and password of a new, empty database. */
    public static String newDatabase() {
        var name = "dcr_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException("PostgreSQL made no database", failure);
        }
        return Server.RUNNING.getJdbcUrl("postgres", name);
    }

    /** Starts with its first use. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                var postgres = EmbeddedPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
                return postgres;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void stop(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
