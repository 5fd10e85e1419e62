package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database that comes to a sudden end. */
class DatabaseKillIT {
    private static final String OPEN = """
            [dcr.registration]
            access = "open"
            """;

    @Test
    void aDatabaseThatWasKilledIsWaitedForAndThenServedFrom() {
        try (var database = OwnPostgres.start();
                var server = ServerProcess.configured(OPEN)
                        .environment("DCR_DATABASE_URL", database.url())
                        .start()) {
            var client = clientOf(server);
            var registered = client.create(Scene.metadata().build());
            assertThat(registered.status()).isEqualTo(201);

            database.kill();
            var refused = client.create(Scene.metadata().build());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error()).isEqualTo("temporarily_unavailable");
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(ready(server)).isEqualTo(503);

            database.startAgain();
            // connections that died with the database are found out one by one, each by a 503 at most
            var read = await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> client.read(registered.clientId(), registered.registrationAccessToken()),
                            reply -> reply.status() != 503);
            assertThat(read.status()).isEqualTo(200);
            await().until(() -> ready(server) == 200);
        }
    }

    private static int ready(ServerProcess server) {
        return new RegistrationClient(server.management())
                .send("GET", "/health/ready", new byte[0], Map.of())
                .status();
    }

    private static RegistrationClient clientOf(ServerProcess server) {
        return new RegistrationClient(server.http().resolve("/register"));
    }
}
