package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static dev.dcr.sandbox.Point.CREATION;
import static dev.dcr.sandbox.Point.UPDATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Answer;
import dev.dcr.sandbox.Point;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What the endpoint adds to the RFCs, at the shipped server: dry runs, entity tags and preconditions. */
class DryRunIT {
    private static final String ADMIN_TOKEN = "only-for-the-operator";

    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final RegistrationClient admin =
            new RegistrationClient(scene.server().http().resolve("/admin/initial-access-tokens"));

    @BeforeAll
    static void open() {
        scene = Scene.configured(
                sandbox -> """
                [dcr.admin]
                token = "%s"
                [dcr.software_statement]
                reuse = "one_client"
                """.formatted(ADMIN_TOKEN) + Scene.directory(sandbox) + Scene.extension(sandbox));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void agreeToEverything() {
        scene.extension().reset();
        for (var point : Point.values()) scene.extension().always(point, Answer.success());
    }

    @Test
    void showsWhatWouldBeRegisteredAndSpendsNothing() {
        var token = initialAccessToken();
        var wanted = metadata().add("client_name", "App").build();
        var tried = tryCreate("true", wanted, token);
        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.header("ETag")).isEmpty();
        var created = client.create(wanted, bearer(token));
        assertThat(created.status()).isEqualTo(201);
        assertThat(tried.json())
                .isEqualTo(without(
                        created.json(),
                        "client_id",
                        "client_id_issued_at",
                        "client_secret",
                        "client_secret_expires_at",
                        "registration_client_uri",
                        "registration_access_token"));
    }

    @Test
    void tellsOfAnInitialAccessTokenThatIsUsedUp() {
        var token = initialAccessToken();
        assertThat(client.create(metadata().build(), bearer(token)).status()).isEqualTo(201);
        assertThat(tryCreate("true", metadata().build(), token).status()).isEqualTo(401);
    }

    @Test
    void listsEveryViolationAsTheRealRequestWould() {
        var token = initialAccessToken();
        var wrong = json("{'redirect_uris': ['http://client.example/cb'], 'jwks': {}, 'grant_types': ['magic']}");
        var tried = tryCreate("true", wrong, token);
        var refused = client.create(wrong, bearer(token));
        assertThat(tried.status()).isEqualTo(refused.status()).isEqualTo(400);
        assertThat(tried.json().get("violations"))
                .isEqualTo(refused.json().get("violations"))
                .isNotNull();
    }

    @Test
    void asksTheExtensionOnlyWhereTheCallerWantsIt() {
        var token = initialAccessToken();
        scene.extension().always(CREATION, Answer.success(json("{'risk_class': 'low'}")));
        assertThat(tryCreate("true", metadata().build(), token).json()).doesNotContainKey("risk_class");
        assertThat(scene.extension().calls(CREATION)).isZero();
        assertThat(tryCreate("with_extension", metadata().build(), token).json())
                .containsEntry("risk_class", json("{'x': 'low'}").get("x"));
        assertThat(scene.extension().calls(CREATION)).isEqualTo(1);
    }

    @Test
    void passesOnTheExtensionsRefusal() {
        scene.extension().always(CREATION, Answer.refusal(400, "invalid_client_metadata", "not this one"));
        var tried = tryCreate("with_extension", metadata().build(), initialAccessToken());
        assertThat(tried.status()).isEqualTo(400);
        assertThat(tried.json().getString("error_description")).isEqualTo("not this one");
    }

    @Test
    @DisplayName("RFC 7592 §2.2: trying an update leaves the client as it was")
    void triesAnUpdate() {
        var registered = register();
        var id = registered.clientId();
        var wanted =
                metadata().add("client_id", id).add("client_name", "Renamed").build();
        var tried = put("/" + id + "?dry_run=with_extension", registered, wanted, Map.of());
        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.clientId()).isEqualTo(id);
        assertThat(tried.json())
                .containsEntry("client_name", wanted.get("client_name"))
                .doesNotContainKeys("client_secret", "registration_access_token", "registration_client_uri");
        assertThat(scene.extension().calls(UPDATE)).isEqualTo(1);
        var read = client.read(id, registered.registrationAccessToken());
        assertThat(read.json()).isEqualTo(registered.json());
        assertThat(read.header("ETag")).isEqualTo(registered.header("ETag"));
        assertThat(put("/" + id + "?dry_run=true", registered, metadata().build(), Map.of())
                        .violatedFields())
                .containsExactly("client_id");
    }

    @Test
    @DisplayName("a signed request can be tried and then sent; the second time its jti is spent")
    void leavesTheJtiOfASignedRequestGood() {
        var directory = scene.directory();
        var software = directory.software("dry-" + UUID.randomUUID());
        var request = directory
                .request(software, directory.statement(software).sign())
                .sign();
        var token = initialAccessToken(3);
        assertThat(signed("?dry_run=true", request, token).status()).isEqualTo(200);
        assertThat(signed("?dry_run=true", request, token).status()).isEqualTo(200);
        assertThat(signed("", request, token).status()).isEqualTo(201);
        var replayed = signed("?dry_run=true", request, token);
        assertThat(replayed.status()).isEqualTo(400);
        assertThat(replayed.violatedFields()).containsExactly("jti");
        var another = directory
                .request(software, directory.statement(software).sign())
                .sign();
        var taken = signed("?dry_run=true", another, token);
        assertThat(taken.error()).isEqualTo("invalid_software_statement");
        assertThat(taken.body()).contains("already_registered");
    }

    @Test
    @DisplayName("RFC 9110 §8.8.3: each update makes another entity tag")
    void tagsEachVersion() {
        var registered = register();
        var first = registered.header("ETag").orElseThrow();
        assertThat(first).startsWith("\"").endsWith("\"");
        assertThat(client.read(registered.clientId(), registered.registrationAccessToken())
                        .header("ETag"))
                .hasValue(first);
        var updated = update(registered, Map.of());
        var second = updated.header("ETag").orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(client.read(registered.clientId(), registered.registrationAccessToken())
                        .header("ETag"))
                .hasValue(second);
    }

    @Test
    @DisplayName("RFC 9110 §13.1.1: If-Match names another version, so nothing happens")
    void refusesWhatIsMeantForAnotherVersion() {
        var registered = register();
        var seen = Map.of("If-Match", registered.header("ETag").orElseThrow());
        assertThat(update(registered, seen).status()).isEqualTo(200);
        var late = update(registered, seen);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.error()).isEqualTo("precondition_failed");
        assertThat(delete(registered, seen).status()).isEqualTo(412);
        assertThat(update(registered, Map.of("If-Match", "*")).status()).isEqualTo(200);
        var read = client.read(registered.clientId(), registered.registrationAccessToken());
        assertThat(delete(registered, Map.of("If-Match", read.header("ETag").orElseThrow()))
                        .status())
                .isEqualTo(204);
    }

    @Test
    @DisplayName("RFC 9110 §13.2.1: who may not see the client learns nothing of its version")
    void checksTheTokenBeforeTheCondition() {
        var registered = register();
        var headers = Map.of("Authorization", "Bearer guessed", "If-Match", "\"4711\"");
        assertThat(client.send("DELETE", "/" + registered.clientId(), new byte[0], headers)
                        .status())
                .isEqualTo(401);
    }

    /** Others are registered and deleted meanwhile, so that what is refused here meets them in the queue for the next commit. */
    @RepeatedTest(5)
    void letsOneOfManyUpdatesThroughThatSawTheSameVersion() {
        var registered = register();
        var seen = Map.of("If-Match", registered.header("ETag").orElseThrow());
        var others = Stream.generate(this::register).limit(16).toList();
        var threads = Executors.newFixedThreadPool(48);
        try {
            var updates = new ArrayList<CompletableFuture<RegistrationReply>>();
            var registrations = new ArrayList<CompletableFuture<RegistrationReply>>();
            var deletions = new ArrayList<CompletableFuture<RegistrationReply>>();
            for (var other : others) {
                updates.add(supplyAsync(() -> update(registered, seen), threads));
                registrations.add(supplyAsync(this::register, threads));
                deletions.add(supplyAsync(() -> delete(other, Map.of()), threads));
            }
            assertThat(statuses(updates)).containsOnlyOnce(200).containsOnly(200, 412);
            assertThat(statuses(registrations)).containsOnly(201);
            assertThat(statuses(deletions)).containsOnly(204);
        } finally {
            threads.shutdown();
        }
    }

    private static Stream<Integer> statuses(List<CompletableFuture<RegistrationReply>> replies) {
        return replies.stream().map(CompletableFuture::join).map(RegistrationReply::status);
    }

    private RegistrationReply register() {
        return client.create(metadata().build(), bearer(initialAccessToken()));
    }

    private String initialAccessToken() {
        return initialAccessToken(1);
    }

    private String initialAccessToken(int uses) {
        return admin.create(json("{'uses': " + uses + "}"), bearer(ADMIN_TOKEN))
                .json()
                .getString("initial_access_token");
    }

    private RegistrationReply tryCreate(String dryRun, JsonObject metadata, String token) {
        var headers = Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token);
        return client.send("POST", "?dry_run=" + dryRun, metadata.toString().getBytes(UTF_8), headers);
    }

    private RegistrationReply signed(String query, String jwt, String token) {
        var headers = Map.of("Content-Type", "application/jwt", "Authorization", "Bearer " + token);
        return client.send("POST", query, jwt.getBytes(UTF_8), headers);
    }

    private RegistrationReply update(RegistrationReply registered, Map<String, String> headers) {
        var wanted = metadata()
                .add("client_id", registered.clientId())
                .add("client_name", "App " + UUID.randomUUID())
                .build();
        return put("/" + registered.clientId(), registered, wanted, headers);
    }

    private RegistrationReply put(
            String path, RegistrationReply registered, JsonObject metadata, Map<String, String> more) {
        var headers = new HashMap<>(bearer(registered.registrationAccessToken()));
        headers.put("Content-Type", "application/json");
        headers.putAll(more);
        return client.send("PUT", path, metadata.toString().getBytes(UTF_8), headers);
    }

    private RegistrationReply delete(RegistrationReply registered, Map<String, String> more) {
        var headers = new HashMap<>(bearer(registered.registrationAccessToken()));
        headers.putAll(more);
        return client.send("DELETE", "/" + registered.clientId(), new byte[0], headers);
    }

    private static JsonObject without(JsonObject json, String... members) {
        var rest = new HashMap<>(json);
        rest.keySet().removeAll(List.of(members));
        return jakarta.json.spi.JsonProvider.provider()
                .createObjectBuilder(Map.copyOf(rest))
                .build();
    }
}
