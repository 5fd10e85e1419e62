package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dcr.sandbox.Sandbox;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A PostgreSQL in every kind of trouble, as its callers see it: 503 in bounded time, nothing half stored, readiness that
 * tells the truth, and recovery without anybody's help.
 */
class DatabaseFaultsIT {
    /** Of the configuration below; its default is longer. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    /** Connecting, waiting for the pool and reading, each by its own time-out. */
    private static final Duration BOUNDED = Duration.ofSeconds(8);

    /** For a pool that is to find out about dead connections; far less than a balancer's patience. */
    private static final Duration SECONDS = Duration.ofSeconds(15);

    private static final int MANY = 16;

    private static OwnPostgres database;
    private static Wire wire;
    private static Sandbox sandbox;
    private static ServerProcess server;

    private final RegistrationClient client =
            new RegistrationClient(server.http().resolve("/register"));

    @BeforeAll
    static void start() {
        database = OwnPostgres.start();
        wire = Wire.to(database.port());
        sandbox = Sandbox.start(Scene.AUDIENCE);
        server = ServerProcess.configured(Scene.openRegistration()
                        + """
                        [dcr.management]
                        rotate_registration_access_token = true
                        [dcr.database]
                        url = "jdbc:postgresql://localhost:%d/postgres?user=postgres&prepareThreshold=0"
                        connect_timeout = 1
                        read_timeout = %d
                        """.formatted(wire.port(), READ_TIMEOUT.toSeconds())
                        + Scene.directory(sandbox))
                .environment("DCR_DATABASE_POOL_TIMEOUT", "1000")
                .arguments("-Ddcr.transaction.timeout=4")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
        wire.close();
        database.close();
    }

    @AfterEach
    void recovers() {
        wire.mend();
        await().atMost(SECONDS).until(() -> create().status() == 201);
        await().atMost(SECONDS).until(() -> ready() == 200);
    }

    @Test
    void aLostConnectionCostsOneRequestEachAtMost() {
        var registered = create();
        wire.breakAll();
        await().atMost(SECONDS).until(() -> read(registered).status() == 200);
    }

    @Test
    void aDatabaseOutOfReachIsToldAtOnce() {
        var registered = create();
        wire.cut();
        assertUnavailable(within(READ_TIMEOUT, this::create));
        assertUnavailable(within(READ_TIMEOUT, () -> read(registered)));
        assertThat(ready()).isEqualTo(503);
        assertThat(live()).isEqualTo(200);
    }

    @Test
    void aRestartedDatabaseIsServedFromAgain() {
        var registered = create();
        database.kill();
        assertUnavailable(create());
        database.startAgain();
        await().atMost(SECONDS).until(() -> read(registered).status() == 200);
    }

    @Test
    void aSlowDatabaseMakesSlowRepliesAndNoFailures() {
        wire.slow(Duration.ofMillis(500));
        var registered = create();
        assertThat(registered.status()).isEqualTo(201);
        assertThat(read(registered).status()).isEqualTo(200);
    }

    /** No reply takes longer than the read time-out, and together they take longer than a transaction may. */
    @Test
    void aTransactionOfManySlowRepliesIsGivenUp() {
        var signed = signedRequest();
        wire.slow(READ_TIMEOUT.minusMillis(500));
        assertUnavailable(client.create(signed));
        wire.mend();
        await().atMost(SECONDS).until(() -> client.create(signed).status() == 201);
    }

    @Test
    void aSilentDatabaseHoldsNobodyForLong() {
        var registered = create();
        wire.silence();
        assertUnavailable(within(BOUNDED, this::create));
        assertUnavailable(within(BOUNDED, () -> read(registered)));
        assertThat(within(BOUNDED, this::ready)).isEqualTo(503);
    }

    @Test
    void aFullDatabaseRefusesUntilThereIsRoom() throws SQLException {
        wire.cut();
        var others = new ArrayList<Connection>();
        try {
            occupyAll(others);
            wire.mend();
            assertUnavailable(within(BOUNDED, this::create));
            assertThat(ready()).isEqualTo(503);
        } finally {
            for (var other : others) other.close();
        }
    }

    @Test
    void aTableThatSomebodyLocksIsNotWaitedForForEver() throws SQLException {
        var registered = create();
        try (var operator = database.connect()) {
            operator.setAutoCommit(false);
            operator.createStatement().execute("lock table audit_event in access exclusive mode");
            assertUnavailable(within(BOUNDED, this::create));
            assertUnavailable(within(BOUNDED, () -> delete(registered)));
            assertThat(read(registered).status()).isEqualTo(200);
        }
        await().atMost(SECONDS).until(() -> delete(registered).status() == 204);
    }

    @Test
    void aStandbyIsReadFromAndNotWrittenTo() throws SQLException {
        var registered = create();
        database.execute("alter database postgres set default_transaction_read_only = on");
        wire.breakAll();
        try {
            await().atMost(SECONDS).until(() -> read(registered).status() == 200);
            assertUnavailable(create());
            assertUnavailable(delete(registered));
            assertThat(read(registered).status()).isEqualTo(200);
        } finally {
            try (var connection = database.connect()) {
                var statement = connection.createStatement();
                statement.execute("set default_transaction_read_only = off");
                statement.execute("alter database postgres reset default_transaction_read_only");
            }
            wire.breakAll();
        }
    }

    @Test
    void aCommitThatTheDatabaseRefusesStoresNothing() throws SQLException {
        database.execute(
                "create function refuse() returns trigger language plpgsql as"
                        + " 'begin raise exception ''the trigger says no''; end'",
                "create constraint trigger refusing after insert on audit_event deferrable initially deferred"
                        + " for each row execute function refuse()");
        var signed = signedRequest();
        try {
            var refused = client.create(signed);
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.body()).doesNotContain("trigger");
            assertThat(server.output()).contains("the trigger says no");
        } finally {
            database.execute("drop trigger refusing on audit_event", "drop function refuse");
        }
        assertThat(client.create(signed).status()).isEqualTo(201);
    }

    @Test
    void aCommitThatTheDatabaseNeverHeardOfStoresNothing() {
        var signed = signedRequest();
        wire.nextCommit(Wire.AtCommit.CUT_BEFORE);
        assertUnavailable(client.create(signed));
        await().atMost(SECONDS).until(() -> client.create(signed).status() != 503);
        // its jti would be spent if anything had been stored
        assertThat(client.create(signed).violatedFields()).containsExactly("jti");
        assertThat(count("select count(*) from request_jti where jti = ?", jti(signed)))
                .isOne();
    }

    /** Nobody can know the outcome; it is not told to be one, and what is stored is whole. */
    @Test
    void aCommitWhoseReplyIsLostIsNeverAcknowledged() {
        var signed = signedRequest();
        wire.nextCommit(Wire.AtCommit.CUT_AFTER);
        assertUnavailable(client.create(signed));
        var again = await().atMost(SECONDS).until(() -> client.create(signed), reply -> reply.status() != 503);
        assertThat(again.violatedFields()).containsExactly("jti");
        assertThat(count(
                        "select count(*) from client join audit_event using (client_id) where metadata->>'initiate_login_uri' = ?",
                        markOf(signed)))
                .isOne();
    }

    @Test
    void ofManyAtOnceThoseAreAcknowledgedWhoseCommitWas() {
        wire.slow(Duration.ofMillis(100)); // so that they share commits
        wire.nextCommit(Wire.AtCommit.CUT_AFTER);
        var callers = Executors.newFixedThreadPool(MANY);
        var replies =
                IntStream.range(0, MANY)
                        .mapToObj(i -> CompletableFuture.supplyAsync(this::create, callers))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        callers.shutdown();
        wire.mend();
        assertThat(replies).extracting(RegistrationReply::status).contains(503).containsOnly(201, 503);
        assertThat(replies)
                .filteredOn(reply -> reply.status() == 201)
                .allSatisfy(registered -> assertThat(await().atMost(SECONDS)
                                .until(() -> read(registered).status(), status -> status != 503))
                        .isEqualTo(200));
    }

    @Test
    void aDeletionWhoseCommitReplyIsLostIsThereOrNot() {
        var registered = create();
        wire.nextCommit(Wire.AtCommit.CUT_AFTER);
        assertUnavailable(delete(registered));
        await().atMost(SECONDS).until(() -> read(registered).status() == 401);
    }

    /** Takes every connection that the database has. */
    private static void occupyAll(ArrayList<Connection> taken) {
        await().atMost(SECONDS).until(() -> {
            try {
                while (true) taken.add(DriverManager.getConnection(database.url()));
            } catch (SQLException full) {
                return full.getSQLState().equals("53300");
            }
        });
    }

    private static int count(String sql, String argument) {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, argument);
            var rows = statement.executeQuery();
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String signedRequest() {
        var directory = sandbox.directory();
        var software = directory.software("database-faults");
        var request = directory.request(software, directory.statement(software).sign());
        return request.with(
                        "initiate_login_uri",
                        "https://client.example/" + request.claims().getString("jti"))
                .sign();
    }

    private static String jti(String signed) {
        return claims(signed).getString("jti");
    }

    private static String markOf(String signed) {
        return claims(signed).getString("initiate_login_uri");
    }

    private static JsonObject claims(String signed) {
        return json(new String(Base64.getUrlDecoder().decode(signed.split("\\.")[1]), UTF_8));
    }

    private static <T> T within(Duration limit, Supplier<T> call) {
        var started = System.nanoTime();
        var result = call.get();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(limit);
        return result;
    }

    private static void assertUnavailable(RegistrationReply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.error()).isEqualTo("temporarily_unavailable");
        assertThat(reply.header("Retry-After")).isPresent();
    }

    private RegistrationReply create() {
        return client.create(metadata().build());
    }

    private RegistrationReply read(RegistrationReply registered) {
        return client.read(registered.clientId(), registered.registrationAccessToken());
    }

    private RegistrationReply delete(RegistrationReply registered) {
        return client.delete(registered.clientId(), registered.registrationAccessToken());
    }

    private int ready() {
        return health("/health/ready");
    }

    private int live() {
        return health("/health/live");
    }

    private static int health(String path) {
        return new RegistrationClient(server.management())
                .send("GET", path, new byte[0], Map.of())
                .status();
    }
}
