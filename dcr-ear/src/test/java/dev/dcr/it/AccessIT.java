package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Registering by initial access tokens (RFC 7591 §3), and the credentials that a registration is given, at the shipped
 * server. On PostgreSQL whatever the test run is for, so that every run has seen it.
 */
class AccessIT {
    private static final String ADMIN_TOKEN = "only-for-the-operator";
    private static final int SECRET_LIFETIME = 3600;

    private static String database;
    private static String configuration;
    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final RegistrationClient admin =
            new RegistrationClient(scene.server().http().resolve("/admin/initial-access-tokens"));

    @BeforeAll
    static void open() {
        database = Postgres.newDatabase();
        configuration = """
                [dcr.admin]
                token = "%s"
                [dcr.management]
                rotate_registration_access_token = true
                [dcr.client_secret]
                lifetime = %d
                """.formatted(ADMIN_TOKEN, SECRET_LIFETIME);
        scene = Scene.started(
                sandbox -> ServerProcess.configured(configuration).environment("DCR_DATABASE_URL", database));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    @DisplayName("RFC 6750 §3: without a token a bare challenge, with a bad one the error in it")
    @Tag("RFC7591-3-token")
    void registersNobodyWithoutAToken() {
        var bare = client.create(metadata().build());
        assertThat(bare.status()).isEqualTo(401);
        assertThat(bare.header("WWW-Authenticate"))
                .hasValueSatisfying(
                        challenge -> assertThat(challenge).startsWith("Bearer").doesNotContain("error"));
        var bad = client.create(metadata().build(), bearer("no-such-token"));
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.error()).isEqualTo("invalid_token");
        assertThat(bad.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"invalid_token\""));
    }

    @Test
    void asksForATokenBeforeItJudgesTheMetadata() {
        assertThat(client.create(json("{}")).status()).isEqualTo(401);
    }

    @Test
    void issuesATokenForOneRegistrationUnlessToldOtherwise() {
        var issued = admin.create(json("{}"), bearer(ADMIN_TOKEN));
        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.header("Cache-Control")).hasValue("no-store");
        assertThat(issued.json().getInt("uses")).isEqualTo(1);
        assertThat(issued.json().getInt("expires_in")).isEqualTo(3600);
        var token = issued.json().getString("initial_access_token");
        assertThat(client.create(metadata().build(), bearer(token)).status()).isEqualTo(201);
        assertThat(client.create(metadata().build(), bearer(token)).status()).isEqualTo(401);
    }

    @Test
    void issuesTokensByTheCommandLineToo() {
        var ended = ServerProcess.configured(configuration)
                .arguments(
                        "initial-access-token",
                        "--uses",
                        "2",
                        "--policy",
                        "{\"scope\": \"accounts\"}",
                        "--server",
                        scene.server().http().toString())
                .startToEnd();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        var token = bearer(ended.output().strip());
        assertThat(client.create(metadata().add("scope", "payments").build(), token)
                        .status())
                .isEqualTo(400);
        for (var status : new int[] {201, 201, 401})
            assertThat(client.create(metadata().build(), token).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Basic only-for-the-operator"})
    void issuesNoTokenToAStranger(String authorization) {
        var reply = admin.create(json("{}"), Map.of("Authorization", authorization));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'uses': 0}", "{'uses': '1'}", "{'expires_in': -1}", "{'policy': []}", "{'lifetime': 1}"})
    void issuesNoTokenThatMakesNoSense(String wish) {
        var reply = admin.create(json(wish), bearer(ADMIN_TOKEN));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_request");
    }

    @Test
    @Tag("RFC7592-5-disclosure")
    void keepsNoTokenInTheClear() throws SQLException {
        var token = issue("{}");
        try (var connection = DriverManager.getConnection(database);
                var rows = connection.createStatement().executeQuery("select * from initial_access_token")) {
            var columns = rows.getMetaData().getColumnCount();
            for (var seen = 0; rows.next(); seen++)
                for (var column = 1; column <= columns; column++)
                    assertThat(rows.getString(column)).isNotEqualTo(token);
        }
    }

    @Test
    void takesNoTokenThatHasExpired() throws SQLException {
        var token = issue("{'expires_in': 1000, 'uses': 5}");
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            statement.executeUpdate("update initial_access_token set expires_at = now() - interval '1 second'"
                    + " where uses_left = 5");
        }
        assertThat(client.create(metadata().build(), bearer(token)).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("of simultaneous registrations exactly as many succeed as the token has uses")
    @Tag("RFC7591-3-token")
    void countsUsesExactly() {
        var token = issue("{'uses': 7}");
        var callers = Executors.newFixedThreadPool(20);
        try {
            var statuses = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> client.create(metadata().build(), bearer(token))
                                    .status(),
                            callers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(Collections.frequency(statuses, 201)).isEqualTo(7);
            assertThat(Collections.frequency(statuses, 401)).isEqualTo(33);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void spendsNoUseOnARefusedRegistration() {
        var token = issue("{}");
        assertThat(client.create(json("{}"), bearer(token)).status()).isEqualTo(400);
        assertThat(client.create(metadata().build(), bearer(token)).status()).isEqualTo(201);
    }

    @Test
    void narrowsWhatMayBeRegisteredToTheTokensPolicy() {
        var token = issue("{'uses': 3, 'policy': {'grant_types': ['authorization_code'], 'scope': ['a', 'b'],"
                + "'token_endpoint_auth_method': ['none', 'private_key_jwt']}}");
        var wide = metadata().add("scope", "a c").add("grant_types", list("authorization_code", "refresh_token"));
        var refused = client.create(wide.build(), bearer(token));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_client_metadata");
        // the method that would be registered by default is not among the granted ones either
        assertThat(refused.violatedFields())
                .containsExactlyInAnyOrder("scope", "grant_types", "token_endpoint_auth_method");
        var narrow = metadata().add("scope", "b a").add("token_endpoint_auth_method", "none");
        var registered = client.create(narrow.build(), bearer(token));
        assertThat(registered.status()).isEqualTo(201);
        // nor can the client widen afterwards what it was allowed
        var widened = metadata()
                .add("client_id", registered.clientId())
                .add("scope", "a c")
                .add("token_endpoint_auth_method", "none");
        assertThat(client.replace(registered.clientId(), registered.registrationAccessToken(), widened.build())
                        .violatedFields())
                .containsExactly("scope");
    }

    @Test
    void givesSecretsThatExpire() {
        var registered = register();
        var expiry = registered.getJsonNumber("client_secret_expires_at").longValue();
        assertThat(expiry - registered.getJsonNumber("client_id_issued_at").longValue())
                .isBetween((long) SECRET_LIFETIME, SECRET_LIFETIME + 60L);
    }

    @Test
    @DisplayName("RFC 7591 §3.2.1: an update gives a new secret when the old one has expired")
    @Tag("RFC7592-2.2-secret")
    void renewsASecretThatHasExpired() throws SQLException {
        var registered = register();
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.prepareStatement(
                        "update client set client_secret_expires_at = now() - interval '1 second' where client_id = ?")) {
            statement.setString(1, registered.getString("client_id"));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        var replaced = replace(registered).json();
        assertThat(replaced.get("client_secret")).isNotEqualTo(registered.get("client_secret"));
        assertThat(Instant.ofEpochSecond(
                        replaced.getJsonNumber("client_secret_expires_at").longValue()))
                .isAfter(Instant.now());
    }

    @Test
    @DisplayName("RFC 7592 §3: an update gives a new registration access token, and the old one is dead")
    @Tag("RFC7592-2.2-token")
    void rotatesTheRegistrationAccessToken() {
        var registered = register();
        var old = registered.getString("registration_access_token");
        var id = registered.getString("client_id");
        var read = client.read(id, old);
        assertThat(read.registrationAccessToken()).isEqualTo(old);
        var replaced = replace(registered);
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.registrationAccessToken()).isNotEqualTo(old);
        assertThat(client.read(id, old).status()).isEqualTo(401);
        assertThat(client.read(id, replaced.registrationAccessToken()).json()).isEqualTo(replaced.json());
    }

    @Test
    @Tag("RFC7592-5-rotation")
    void keepsTheTokenThroughARefusedUpdate() {
        var registered = register();
        var bad = json("{'client_id': '" + registered.getString("client_id") + "'}");
        assertThat(client.replace(
                                registered.getString("client_id"),
                                registered.getString("registration_access_token"),
                                bad)
                        .status())
                .isEqualTo(400);
        assertThat(replace(registered).status()).isEqualTo(200);
    }

    @Test
    void keepsWhoDidWhatAndNoCredential() throws SQLException {
        var registered = register();
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.prepareStatement("select * from audit_event where client_id = ?")) {
            statement.setString(1, registered.getString("client_id"));
            var rows = statement.executeQuery();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("actor")).startsWith("initial_access_token ");
            for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++)
                assertThat(rows.getString(column) + "")
                        .doesNotContain(registered.getString("client_secret"))
                        .doesNotContain(registered.getString("registration_access_token"));
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void answers503WhileTheDatabaseIsOutOfReach() throws SQLException {
        var registered = register();
        var name = database.replaceAll(".*/(dcr_\\w+).*", "$1");
        try (var neighbour = DriverManager.getConnection(Postgres.newDatabase());
                var statement = neighbour.createStatement()) {
            statement.execute("alter database " + name + " with allow_connections false");
            try {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
                var reply = read(registered);
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.error()).isEqualTo("temporarily_unavailable");
                assertThat(reply.header("Retry-After")).isPresent();
                assertThat(ready().status()).isEqualTo(503);
            } finally {
                statement.execute("alter database " + name + " with allow_connections true");
            }
        }
        await().until(() -> read(registered).status() == 200);
        assertThat(ready().json().getString("status")).isEqualTo("UP");
    }

    private RegistrationReply read(JsonObject registered) {
        return client.read(registered.getString("client_id"), registered.getString("registration_access_token"));
    }

    private static RegistrationReply ready() {
        return new RegistrationClient(scene.server().management()).send("GET", "/health/ready", new byte[0], Map.of());
    }

    private JsonObject register() {
        return client.create(metadata().build(), bearer(issue("{}"))).json();
    }

    private RegistrationReply replace(JsonObject registered) {
        return client.replace(
                registered.getString("client_id"),
                registered.getString("registration_access_token"),
                metadata().add("client_id", registered.get("client_id")).build());
    }

    private String issue(String wish) {
        return admin.create(json(wish), bearer(ADMIN_TOKEN)).json().getString("initial_access_token");
    }

    private static JsonValue list(String... elements) {
        return json("{'a': ['" + String.join("', '", elements) + "']}").get("a");
    }
}
