package dev.dcr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Sandbox;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the README promises to somebody who tries the shipped server beside the sandbox. */
class GettingStartedIT {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final String PUBLIC_BASE_URL = "http://localhost:8080";
    private static final List<String> REDIRECT_URIS = List.of("https://app.example/callback");

    private static Sandbox sandbox;
    private static ServerProcess server;
    private static RegistrationClient client;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(PUBLIC_BASE_URL);
        server = ServerProcess.configured(configuration()).start();
        client = new RegistrationClient(URI.create(server.http() + "/register"));
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @Test
    void registersAnybodysClientAndAddsWhatTheExtensionSays() {
        var reply = client.create(metadata("My App"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json()).containsKeys("client_secret", "client_secret_expires_at", "registration_access_token");
        assertThat(reply.json().getString("risk_class")).isEqualTo("standard");
        assertThat(reply.json().getString("registration_client_uri"))
                .isEqualTo(PUBLIC_BASE_URL + "/register/" + reply.clientId());
    }

    @Test
    void readsReplacesAndDeletesAClient() {
        var created = client.create(metadata("My App"));
        var token = created.registrationAccessToken();

        var read = client.read(created.clientId(), token);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).containsKey("support_contact");

        var renamed = JSON.createObjectBuilder(metadata("My renamed App"))
                .add("client_id", created.clientId())
                .build();
        var replaced = client.replace(created.clientId(), token, renamed);
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().getString("client_name")).isEqualTo("My renamed App");
        assertThat(replaced.json()).containsKey("last_reviewed_at");

        assertThat(client.delete(created.clientId(), token).status()).isEqualTo(204);
        assertThat(client.read(created.clientId(), token).status()).isEqualTo(401);
    }

    @Test
    void registersByASignedRequestWhoseStatementWins() {
        var reply = client.create(signedRequest());
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json().getString("client_name")).isEqualTo("Piggy Bank");
        assertThat(reply.json()).containsKey("software_statement");
    }

    @Test
    void refusesASignedRequestTheSecondTime() {
        var request = signedRequest();
        assertThat(client.create(request).status()).isEqualTo(201);
        var again = client.create(request);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error()).isEqualTo("invalid_client_metadata");
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        var reply = client.create(object(Map.of(
                "redirect_uris", List.of("http://app.example/callback", "https://app.example/#here"),
                "grant_types", List.of("authorization_code"),
                "response_types", List.of("token"))));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
        assertThat(reply.violatedFields()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void passesOnTheExtensionsRefusal() {
        var reply = client.create(metadata("A forbidden App"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.json().getString("error_description")).contains("risk team");
    }

    private static String signedRequest() {
        var directory = sandbox.directory();
        var software = directory.software(Directory.DEFAULT_SOFTWARE);
        return directory.request(software, directory.statement(software).sign()).sign();
    }

    private static JsonObject metadata(String name) {
        return object(Map.of("client_name", name, "redirect_uris", REDIRECT_URIS));
    }

    private static JsonObject object(Map<String, ?> members) {
        return JSON.createObjectBuilder(members).build();
    }

    /** The configuration that the sandbox ships, with its address in this test. */
    private static String configuration() throws IOException {
        try (var toml = Sandbox.class.getResourceAsStream("/sandbox/deployment.toml")) {
            return new String(toml.readAllBytes(), UTF_8)
                    .replace("http://localhost:9080", sandbox.server().url().toString());
        }
    }
}
