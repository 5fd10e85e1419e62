package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes that share a PostgreSQL database and the operator's encryption key, and nothing else. */
class NodesIT {
    private static Sandbox sandbox;
    private static ServerProcess oneNode;
    private static ServerProcess otherNode;

    private final RegistrationClient one = client(oneNode);
    private final RegistrationClient other = client(otherNode);

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(Scene.AUDIENCE);
        var database = Postgres.newDatabase();
        var key = encryptionKey();
        oneNode = node(database, key);
        otherNode = node(database, key);
    }

    @AfterAll
    static void stop() {
        otherNode.close();
        oneNode.close();
        sandbox.close();
    }

    @Test
    void oneReadsWhatTheOtherRegistered() {
        var registered = one.create(metadata().build());
        var read = other.read(registered.clientId(), registered.registrationAccessToken());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(registered.json());
    }

    @Test
    void oneSeesAtOnceWhatTheOtherChanged() {
        var registered = one.create(metadata().build());
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(other.read(id, token).status()).isEqualTo(200);
        for (var i = 0; i < 3; i++) {
            var update = metadata()
                    .add("client_id", id)
                    .add("client_name", "update " + i)
                    .build();
            assertThat(one.replace(id, token, update).status()).isEqualTo(200);
            assertThat(other.read(id, token).json().getString("client_name")).isEqualTo("update " + i);
        }
        assertThat(one.delete(id, token).status()).isEqualTo(204);
        assertThat(other.read(id, token).status()).isEqualTo(401);
    }

    @Test
    void aRequestThatOneTookIsRefusedByTheOther() {
        var request = signedRequest();
        assertThat(one.create(request).status()).isEqualTo(201);
        assertThat(other.create(request).violatedFields()).containsExactly("jti");
    }

    @Test
    void ofSimultaneousCopiesOneIsTakenByOneNode() {
        var request = signedRequest();
        var callers = Executors.newFixedThreadPool(8);
        try {
            var statuses = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> (i % 2 == 0 ? one : other).create(request).status(), callers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 400);
        } finally {
            callers.shutdown();
        }
    }

    private static ServerProcess node(String database, Path key) {
        var toml = "[dcr]\npublic_base_url = \"" + Scene.AUDIENCE + "\"\n"
                + Scene.openRegistration()
                + Scene.directory(sandbox)
                + "[dcr.client_secret]\nencryption_key_file = \"%s\"\n".formatted(key);
        return ServerProcess.configured(toml)
                .environment("DCR_DATABASE_URL", database)
                .start();
    }

    private static Path encryptionKey() throws IOException {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        var file = Files.createTempFile(Path.of("target"), "encryption", ".key");
        Files.writeString(file, Base64.getEncoder().encodeToString(bytes) + "\n");
        return file.toAbsolutePath();
    }

    private static RegistrationClient client(ServerProcess node) {
        return new RegistrationClient(node.http().resolve("/register"));
    }

    private static String signedRequest() {
        var directory = sandbox.directory();
        var software = directory.software("nodes-software");
        return directory.request(software, directory.statement(software).sign()).sign();
    }
}
