package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that nobody uses or updates are deleted, at a server that is in a hurry to do so. */
class ExpiryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static String database;
    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.started(sandbox -> {
            var setup = ServerProcess.configured(Scene.openRegistration() + """
                    [dcr.expiry]
                    unused_after = 2
                    not_renewed_after = 6
                    grace = 3
                    """);
            database = Postgres.IS_ASKED_FOR ? Postgres.newDatabase() : "";
            return database.isEmpty() ? setup : setup.environment("DCR_DATABASE_URL", database);
        });
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void whatIsNotUsedOrNotUpdatedIsAnnouncedAndThenDeletedAndWhatIsStays() throws SQLException {
        var silent = client.create(metadata().build());
        forgetThatClientsExpire(silent.clientId());
        var reader = client.create(metadata().build());
        var late = client.create(metadata().build());
        var renewer = client.create(metadata().build());
        var token = renewer.registrationAccessToken();
        var update = metadata().add("client_id", renewer.clientId()).build();
        var heardOf = new AtomicBoolean();

        await().atMost(PATIENCE).until(() -> {
            if (times("expires", late) > 0 && heardOf.compareAndSet(false, true))
                isUnchanged(late, client.read(late.clientId(), late.registrationAccessToken()));
            assertThat(client.replace(renewer.clientId(), token, update).status())
                    .isEqualTo(200);
            client.read(reader.clientId(), reader.registrationAccessToken());
            return Stream.of(silent, reader, late).allMatch(client -> times("is deleted", client) == 1);
        });

        assertThat(client.read(renewer.clientId(), token).status()).isEqualTo(200);
        assertThat(times("is deleted", renewer)).isZero();
        for (var gone : List.of(silent, reader, late))
            assertThat(client.read(gone.clientId(), gone.registrationAccessToken())
                            .status())
                    .isEqualTo(401);
        isOnRecord(silent, "create by anyone", "expire by server:expiry", "delete by server:expiry");
        isOnRecord(reader, "create by anyone", "expire by server:expiry", "delete by server:expiry");
        // a read within the grace is a sign of life, whereupon everything begins anew
        assertThat(times("expires", late)).isEqualTo(2);
        assertThat(metrics())
                .containsPattern("dcr_client_expiries_total\\{[^}]*step=\"announced\"[^}]*} [4-9]")
                .containsPattern("dcr_client_expiries_total\\{[^}]*step=\"deleted\"[^}]*} [3-9]");
    }

    @Test
    void anUpdateLeavesTheNoteOfItsUseAlone() throws SQLException {
        var registered = client.create(metadata().build());
        var update = metadata().add("client_id", registered.clientId()).build();
        assertThat(client.replace(registered.clientId(), registered.registrationAccessToken(), update)
                        .status())
                .isEqualTo(200);
        isNotedAsUsed(registered);
    }

    private static void isNotedAsUsed(RegistrationReply registered) throws SQLException {
        if (database.isEmpty()) return;
        try (var connection = DriverManager.getConnection(database);
                var select = connection.prepareStatement("select last_used_at from client where client_id = ?")) {
            select.setString(1, registered.clientId());
            try (var rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getTimestamp(1)).isNotNull();
            }
        }
    }

    /** To announce that a client expires is no change of it, which would make its next conditional update fail. */
    private static void isUnchanged(RegistrationReply registered, RegistrationReply read) {
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo(registered.header("ETag"));
    }

    /** How often the server has said so. */
    private static long times(String what, RegistrationReply registered) {
        return scene.server()
                .output()
                .lines()
                .filter(line -> line.contains("client " + registered.clientId() + " " + what))
                .count();
    }

    private static String metrics() {
        return new RegistrationClient(scene.server().management())
                .send("GET", "/metrics", new byte[0], Map.of())
                .body();
    }

    /** As if the client came from a time, or a node, that knew of no expiry. H2 is the server's alone. */
    private static void forgetThatClientsExpire(String clientId) throws SQLException {
        if (database.isEmpty()) return;
        try (var connection = DriverManager.getConnection(database);
                var change = connection.prepareStatement("update client set due_at = null where client_id = ?")) {
            change.setString(1, clientId);
            assertThat(change.executeUpdate()).isOne();
        }
    }

    private static void isOnRecord(RegistrationReply registered, String... changes) throws SQLException {
        if (database.isEmpty()) return;
        var record = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(database);
                var select = connection.prepareStatement(
                        "select action || ' by ' || actor from audit_event where client_id = ? order by id")) {
            select.setString(1, registered.clientId());
            try (var rows = select.executeQuery()) {
                while (rows.next()) record.add(rows.getString(1));
            }
        }
        assertThat(record).containsExactly(changes);
    }
}
