package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator's key is replaced, and the old one thrown away, without a client noticing. */
class KeyRotationIT {
    private static final String ADMIN_TOKEN = "the-operators-token";

    private final Path keys =
            Files.createTempFile(Path.of("target"), "rotated", ".key").toAbsolutePath();
    private final Path directory = Files.createTempDirectory(Path.of("target"), "rotation");

    KeyRotationIT() throws IOException {}

    @Test
    void afterReEncryptionTheOldKeyCanGo() throws IOException {
        var old = key();
        var fresh = key();
        RegistrationReply registered;
        String anchor;
        try (var server = start(old)) {
            registered = client(server).create(metadata().build());
            anchor = verify(server);
        }

        try (var server = start(fresh, old)) {
            assertSecret(server, registered);
            assertThat(command(server, "secrets", "re-encrypt"))
                    .satisfies(ended ->
                            assertThat(ended.exitCode()).as(ended.output()).isZero())
                    .satisfies(ended -> assertThat(ended.output()).contains("\"re_encrypted\":1"));
            assertThat(command(server, "secrets", "re-encrypt").output()).contains("\"re_encrypted\":0");
            assertSecret(server, registered);
        }

        try (var server = start(fresh)) {
            assertSecret(server, registered);
            var verified = command(server, "audit", "verify", "--anchor", anchor);
            assertThat(verified.exitCode()).as(verified.output()).isZero();
            assertThat(command(server, "audit", "export").output())
                    .contains("\"action\":\"create\"", "\"action\":\"re_encrypt\"", "\"client_secrets\":1");
        }
    }

    @Test
    void aServerStartsWithSomeOfTheKeysAndNotWithNone() throws IOException {
        var own = key();
        RegistrationReply earlier;
        try (var server = start(own)) {
            earlier = client(server).create(metadata().build());
        }
        var ended = configured(key()).startToEnd();
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output())
                .contains(
                        "1 of 1 client secrets that were looked at are under keys which are not among the configured");

        var fresh = key();
        RegistrationReply later;
        try (var server = start(fresh, own)) {
            later = client(server).create(metadata().build());
        }
        try (var server = start(fresh)) {
            assertThat(server.output())
                    .contains("1 of 2 client secrets that were looked at are under keys which are not");
            assertSecret(server, later);
            assertThat(client(server).read(earlier.clientId(), earlier.registrationAccessToken()))
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(500))
                    .satisfies(refused -> assertThat(refused.body()).doesNotContain("secret"));
        }
    }

    private static void assertSecret(ServerProcess server, RegistrationReply registered) {
        var read = client(server).read(registered.clientId(), registered.registrationAccessToken());
        assertThat(read.json().getString("client_secret"))
                .isEqualTo(registered.json().getString("client_secret"));
    }

    private static String verify(ServerProcess server) {
        return new RegistrationClient(server.http().resolve("/admin/audit/verification"))
                .create(json("{}"), bearer(ADMIN_TOKEN))
                .json()
                .getString("anchor");
    }

    private ServerProcess start(String... lines) throws IOException {
        return configured(lines).start();
    }

    private ServerProcess.Setup configured(String... lines) throws IOException {
        Files.write(keys, List.of(lines));
        return ServerProcess.configured(Scene.openRegistration())
                .in(directory)
                .environment("DCR_ADMIN_TOKEN", ADMIN_TOKEN)
                .environment("DCR_CLIENT_SECRET_ENCRYPTION_KEY_FILE", keys.toString());
    }

    private static ServerProcess.Ended command(ServerProcess server, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", server.http().toString()));
        return ServerProcess.configured("")
                .environment("DCR_ADMIN_TOKEN", ADMIN_TOKEN)
                .arguments(all.toArray(String[]::new))
                .startToEnd();
    }

    private static RegistrationClient client(ServerProcess server) {
        return new RegistrationClient(server.http().resolve("/register"));
    }

    private static String key() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
