package dev.dcr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * Keycloak as the peer: built for production, one node, on the same PostgreSQL. Anybody may register, as at our server,
 * and the policies that would look at each registration are taken away.
 */
record Keycloak(Program program, URI url) implements AutoCloseable {
    private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());
    private static final String REALM = "/admin/realms/benchmark";

    /** @param client the metadata of a client that it must be able to register */
    static Keycloak start(Path archive, Path directory, Store store, String client)
            throws IOException, InterruptedException {
        var home = unpack(archive, directory);
        build(home);
        var port = Http.freePort();
        var url = URI.create("http://localhost:" + port);
        var program = Program.start(
                home,
                Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", "admin", "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin"),
                List.of(
                        "bash",
                        "bin/kc.sh",
                        "start",
                        "--optimized",
                        "--cache=local",
                        "--http-enabled=true",
                        "--http-host=localhost",
                        "--http-port=" + port,
                        "--hostname-strict=false",
                        "--db-url=" + store.url(),
                        "--db-username=" + store.user(),
                        "--db-password=" + store.password()));
        var keycloak = new Keycloak(program, url);
        try {
            program.await(() -> Http.answers(200, "GET", url.resolve("/realms/master"), ""));
            keycloak.openRealm();
            Http.send(201, "POST", keycloak.endpoint(), "", "application/json", client);
            return keycloak;
        } catch (RuntimeException | IOException | InterruptedException failure) {
            program.close();
            throw failure;
        }
    }

    Target target(Store store) {
        return new Target(
                "keycloak",
                store.name(),
                endpoint(),
                program::cpu,
                store.cpu());
    }

    private URI endpoint() {
        return url.resolve("/realms/benchmark/clients-registrations/openid-connect");
    }

    @Override
    public void close() {
        program.close();
    }

    private static void build(Path home) throws InterruptedException {
        try (var build = Program.start(home, Map.of(), List.of("bash", "bin/kc.sh", "build", "--db=postgres"))) {
            build.awaitEnd();
        }
    }

    private void openRealm() throws IOException, InterruptedException {
        admin(201, "POST", "/admin/realms", "{\"realm\": \"benchmark\", \"enabled\": true}");
        var policies = admin(
                200,
                "GET",
                REALM + "/components?type=org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy",
                "");
        for (var policy : read(policies).asJsonArray().getValuesAs(JsonObject.class)) {
            admin(204, "DELETE", REALM + "/components/" + policy.getString("id"), "");
        }
    }

    /** An administrator's token is good for a minute; each call gets its own. */
    private String admin(int expected, String method, String path, String body)
            throws IOException, InterruptedException {
        var reply = Http.send(
                200,
                "POST",
                url.resolve("/realms/master/protocol/openid-connect/token"),
                "",
                "application/x-www-form-urlencoded",
                "grant_type=password&client_id=admin-cli&username=admin&password=admin");
        var token = read(reply).asJsonObject().getString("access_token");
        return Http.send(expected, method, url.resolve(path), "Bearer " + token, "application/json", body);
    }

    private static JsonStructure read(String json) {
        try (var reader = READERS.createReader(new StringReader(json))) {
            return reader.read();
        }
    }

    /** Returns the directory that the archive holds. */
    private static Path unpack(Path archive, Path directory) throws IOException {
        try (var zip = new ZipFile(archive.toFile(), UTF_8)) {
            for (var entry : zip.stream().toList()) {
                var target = directory.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? target : target.getParent());
                if (entry.isDirectory()) continue;
                try (var content = zip.getInputStream(entry)) {
                    Files.copy(content, target);
                }
            }
            return directory.resolve(zip.stream().findFirst().orElseThrow().getName());
        }
    }
}
