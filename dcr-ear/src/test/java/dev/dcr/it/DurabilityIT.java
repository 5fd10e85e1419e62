package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.spi.JsonProvider;
import org.junit.jupiter.api.Test;

/** What the server has acknowledged is there after its sudden end. */
class DurabilityIT {
    private static final String OPEN = """
            [dcr.registration]
            access = "open"
            """;

    @Test
    void aRegistrationOnEmbeddedH2OutlivesAPowerCut() {
        outlivesAPowerCut(OPEN);
    }

    @Test
    void aRegistrationOnPostgresOutlivesAPowerCut() {
        outlivesAPowerCut(OPEN + """
                [dcr.database]
                url = "%s"
                """.formatted(Postgres.newDatabase()));
    }

    private static void outlivesAPowerCut(String toml) {
        var first = ServerProcess.configured(toml).start();
        var registered = clientOf(first)
                .create(JsonProvider.provider()
                        .createObjectBuilder()
                        .add("client_name", "Durable")
                        .add(
                                "redirect_uris",
                                JsonProvider.provider().createArrayBuilder().add("https://app.example/callback"))
                        .build());
        first.kill();
        assertThat(registered.status()).isEqualTo(201);

        try (var second = ServerProcess.configured(toml).in(first.directory()).start()) {
            var read = clientOf(second).read(registered.clientId(), registered.registrationAccessToken());
            assertThat(read.status()).isEqualTo(200);
        }
    }

    private static RegistrationClient clientOf(ServerProcess server) {
        return new RegistrationClient(server.http().resolve("/register"));
    }
}
