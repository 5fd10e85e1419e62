package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL as it is rented: over TLS alone, with a certificate of an authority of its own, by a password in a file. */
class DatabaseTlsIT {
    private static final String PASSWORD = "a password, \"quoted\" = even & so";

    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static OwnPostgres database;
    private static Path passwordFile;

    @BeforeAll
    static void start() throws IOException, SQLException {
        database = OwnPostgres.start();
        AUTHORITY.issueForLocalhost(
                database.data().resolve("server.crt"), database.data().resolve("server.key"));
        Files.writeString(database.data().resolve("pg_hba.conf"), """
                host    postgres postgres 127.0.0.1/32 trust
                host    postgres postgres ::1/128      trust
                hostssl dcr      dcr      127.0.0.1/32 scram-sha-256
                hostssl dcr      dcr      ::1/128      scram-sha-256
                """);
        database.execute(
                "create role dcr login password '" + PASSWORD + "'",
                "create database dcr owner dcr",
                "alter system set ssl = on",
                "select pg_reload_conf()");
        passwordFile = Files.createTempFile(Path.of("target"), "database", ".password");
        Files.writeString(passwordFile, PASSWORD + "\n");
        await().ignoreExceptions().until(() -> {
            DriverManager.getConnection(url(AUTHORITY), "dcr", PASSWORD).close();
            return true;
        });
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void keepsClientsInItOverVerifiedTls() throws SQLException {
        try (var server =
                ServerProcess.configured(configuration(url(AUTHORITY))).start()) {
            var client = new RegistrationClient(server.http().resolve("/register"));
            assertThat(client.create(metadata().build()).status()).isEqualTo(201);
            try (var connection = database.connect();
                    var rows = connection
                            .createStatement()
                            .executeQuery("select count(*), bool_and(ssl) from pg_stat_ssl"
                                    + " join pg_stat_activity using (pid) where usename = 'dcr'")) {
                rows.next();
                assertThat(rows.getInt(1)).isPositive();
                assertThat(rows.getBoolean(2)).isTrue();
            }
        }
    }

    @Test
    void doesNotStartOnOneThatAnotherAuthorityVouchesFor() {
        var ended = ServerProcess.configured(configuration(url(new TestAuthority())))
                .startToEnd();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("SSL error: PKIX path").contains("The server cannot work");
    }

    private static String url(TestAuthority trusted) {
        return "jdbc:postgresql://localhost:%d/dcr?sslmode=verify-full&sslrootcert=%s"
                .formatted(database.port(), trusted.certificate());
    }

    private static String configuration(String url) {
        return Scene.openRegistration() + """
                [dcr.database]
                url = "%s"
                username = "dcr"
                password_file = "%s"
                """.formatted(url, passwordFile.toAbsolutePath());
    }
}
