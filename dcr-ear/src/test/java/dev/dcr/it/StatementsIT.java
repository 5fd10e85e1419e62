package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dcr.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each operation asks of the database, besides BEGIN and COMMIT: PostgreSQL writes down every statement. */
class StatementsIT {
    /** A statement about the server's tables, but not of sweeping and sealing, which may happen at any time. */
    private static final Pattern STATEMENT =
            Pattern.compile("execute \\S+: (\\w+) (?!.*(skip locked|order by \\w+\\.id\\b))"
                    + ".*\\b(client|audit_event|request_jti|initial_access_token)\\b");

    private static OwnPostgres database;
    private static Sandbox sandbox;
    private static ServerProcess server;

    private final RegistrationClient client =
            new RegistrationClient(server.http().resolve("/register"));
    private int marks;

    @BeforeAll
    static void start() throws SQLException {
        database = OwnPostgres.start();
        database.execute(
                "alter system set logging_collector = on",
                "alter system set log_filename = 'statements.log'",
                "alter system set log_statement = 'all'");
        database.startAgain();
        sandbox = Sandbox.start(Scene.AUDIENCE);
        server = ServerProcess.configured("[dcr]\npublic_base_url = \"" + Scene.AUDIENCE + "\"\n"
                        + Scene.openRegistration() + Scene.directory(sandbox))
                .environment("DCR_DATABASE_URL", database.url())
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
        database.close();
    }

    @Test
    void creatingIsTwoInserts() throws SQLException {
        mark();
        client.create(metadata().build());
        assertThat(statements()).containsExactly("insert", "insert");
    }

    @Test
    void creatingBySignedRequestIsOneInsertMore() throws SQLException {
        var directory = sandbox.directory();
        var software = directory.software("counted-software");
        var request = directory
                .request(software, directory.statement(software).sign())
                .sign();
        mark();
        assertThat(client.create(request).status()).isEqualTo(201);
        assertThat(statements()).containsExactly("insert", "insert", "insert");
    }

    @Test
    void readingIsOneSelect() throws SQLException {
        var registered = client.create(metadata().build());
        mark();
        client.read(registered.clientId(), registered.registrationAccessToken());
        assertThat(statements()).containsExactly("select");
    }

    @Test
    void replacingIsOneSelectAndTwoChanges() throws SQLException {
        var registered = client.create(metadata().build());
        var update = metadata().add("client_id", registered.clientId()).build();
        mark();
        client.replace(registered.clientId(), registered.registrationAccessToken(), update);
        assertThat(statements()).containsExactly("select", "update", "insert");
    }

    @Test
    void deletingIsOneSelectAndTwoChanges() throws SQLException {
        var registered = client.create(metadata().build());
        mark();
        client.delete(registered.clientId(), registered.registrationAccessToken());
        assertThat(statements()).containsExactly("select", "delete", "insert");
    }

    /** The first word of each statement since the last mark. */
    private List<String> statements() throws SQLException {
        var start = "mark " + marks + ' ';
        mark();
        var log = log();
        return log.substring(log.lastIndexOf(start))
                .lines()
                .map(STATEMENT::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** Puts a mark into the log; all that was said to the database before stands above it. */
    private void mark() throws SQLException {
        var mark = "mark " + ++marks + ' ';
        var before = marksIn(log(), mark);
        database.execute("select '" + mark + "'");
        await().until(() -> marksIn(log(), mark) > before);
    }

    private static long marksIn(String log, String mark) {
        return log.lines().filter(line -> line.contains(mark)).count();
    }

    private static String log() {
        try {
            return Files.readString(log(database.data()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path log(Path data) {
        return data.resolve("log").resolve("statements.log");
    }
}
