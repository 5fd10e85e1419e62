package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The database's disk is full, until somebody makes room. */
class DiskFullIT {
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final int ENOUGH_TO_FILL_ANY_PAGE_THAT_IS_LEFT = 2000;

    @Test
    void onPostgresChangesAreRefusedAndReadsServed() throws SQLException {
        try (var disk = SmallDisk.of(40);
                var database = OwnPostgres.start()) {
            database.execute(
                    "create tablespace small location '" + disk.path() + "'",
                    "create database dcr template template0 tablespace small");
            var url = database.url().replace("/postgres?", "/dcr?");
            try (var server = server(url)) {
                refusesChangesUntilThereIsRoom(disk, clientOf(server));
            }
        }
    }

    @Test
    void onEmbeddedH2ChangesAreRefusedAndTheFileOutlivesIt() {
        try (var disk = SmallDisk.of(8);
                var server = server("jdbc:h2:file:" + disk.path().resolve("dcr"))) {
            refusesChangesUntilThereIsRoom(disk, clientOf(server));
        }
    }

    private static void refusesChangesUntilThereIsRoom(SmallDisk disk, RegistrationClient client) {
        var registered = new ArrayList<RegistrationReply>();
        registered.add(create(client));
        disk.fill();
        var refused = create(client);
        while (refused.status() == 201 && registered.size() < ENOUGH_TO_FILL_ANY_PAGE_THAT_IS_LEFT) {
            registered.add(refused);
            refused = create(client);
        }
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("temporarily_unavailable");
        assertThat(refused.header("Retry-After")).isPresent();

        disk.free();
        await().atMost(RECOVERY).until(() -> create(client).status() == 201);
        // each connection of the pool that the database has closed costs one request a 503
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(registered)
                        .allSatisfy(known -> assertThat(client.read(known.clientId(), known.registrationAccessToken())
                                        .status())
                                .isEqualTo(200)));
    }

    private static RegistrationReply create(RegistrationClient client) {
        return client.create(metadata().add("client_name", "x".repeat(500)).build());
    }

    private static ServerProcess server(String database) {
        return ServerProcess.configured(Scene.openRegistration())
                .environment("DCR_DATABASE_URL", database)
                .start();
    }

    private static RegistrationClient clientOf(ServerProcess server) {
        return new RegistrationClient(server.http().resolve("/register"));
    }
}
