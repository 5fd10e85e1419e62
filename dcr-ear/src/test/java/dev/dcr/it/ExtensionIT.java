package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static dev.dcr.sandbox.Point.CREATION;
import static dev.dcr.sandbox.Point.RETRIEVAL;
import static dev.dcr.sandbox.Point.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Answer;
import dev.dcr.sandbox.ExtensionService;
import dev.dcr.sandbox.Point;
import dev.dcr.sandbox.Received;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an extension service is asked, and what becomes of its answers, over HTTP on both sides of the shipped server. */
class ExtensionIT {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int CONNECTIONS = 3;

    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final ExtensionService extension = scene.extension();

    @BeforeAll
    static void open() {
        scene = Scene.started(sandbox -> Scene.onTheDatabase(Scene.openRegistration()
                        + Scene.directory(sandbox)
                        + Scene.extension(sandbox).replace("read_timeout = 1", "read_timeout = 30"))
                .environment("DCR_DATABASE_POOL_MAX", "" + CONNECTIONS));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void agreeToEverything() {
        extension.reset();
        for (var point : Point.values()) extension.always(point, Answer.success());
    }

    @Test
    void sendsTheMetadataOfACreationAfterRulesAndDefaults() {
        client.create(metadata().add("client_name", "Größe").build(), Map.of("X-Correlation-ID", "ext-4711"));
        assertThat(extension.calls(CREATION)).isEqualTo(1);
        var request = last(CREATION);
        assertThat(request.json())
                .isEqualTo(json("{'requestId': '" + request.requestId() + "', 'data': {'clientData': {"
                        + "'redirect_uris': ['https://client.example/cb'], 'client_name': 'Größe',"
                        + "'grant_types': ['authorization_code'], 'response_types': ['code'],"
                        + "'token_endpoint_auth_method': 'client_secret_basic'}}}"));
        assertThat(request.requestId()).isNotBlank();
        assertThat(request.text()).contains("Größe");
        assertThat(request.header("Content-Type")).hasValue("application/json");
        assertThat(request.header("Accept")).hasValue("application/json");
        assertThat(request.header("Authorization")).hasValue("Basic ZGNyOnNhbmRib3g=");
        assertThat(request.header("X-Correlation-ID")).hasValue("ext-4711");
    }

    @Test
    void numbersEachQuestionAnew() {
        client.create(metadata().build());
        client.create(metadata().build());
        assertThat(extension.requests(CREATION)).extracting(Received::requestId).doesNotHaveDuplicates();
    }

    @Test
    void sendsTheClaimsOfTheStatementAtEachPoint() {
        var directory = scene.directory();
        var statement = directory.statement(directory.software("extension-software"));
        var registered = client.create(json("{'software_statement': '" + statement.sign() + "'}"));
        assertThat(registered.status()).isEqualTo(201);
        client.read(registered.clientId(), registered.registrationAccessToken());
        client.replace(
                registered.clientId(),
                registered.registrationAccessToken(),
                json("{'client_id': '" + registered.clientId() + "'}"));
        for (var point : List.of(CREATION, RETRIEVAL, UPDATE))
            assertThat(last(point).data("softwareStatement")).as(point.path()).isEqualTo(statement.claims());
        assertThat(last(CREATION).clientData().getString("client_name")).isEqualTo("Piggy Bank");
        assertThat(last(CREATION).clientData()).doesNotContainKey("software_statement");
    }

    @Test
    void sendsWhatIsStoredBesideWhatIsAskedForInAnUpdate() {
        var registered =
                client.create(metadata().add("client_name", "Before").build()).json();
        replace(registered, update(registered).add("client_name", "After").build());
        var request = last(UPDATE);
        assertThat(request.json().getJsonObject("data")).containsOnlyKeys("clientData", "existingClientData");
        assertThat(request.clientData().getString("client_name")).isEqualTo("After");
        assertThat(request.data("existingClientData"))
                .isEqualTo(without(
                        registered,
                        "client_secret",
                        "client_secret_expires_at",
                        "registration_access_token",
                        "registration_client_uri"));
    }

    @Test
    void sendsOnlyWhatIsStoredInARetrieval() {
        var registered = client.create(metadata().build()).json();
        read(registered);
        var request = last(RETRIEVAL);
        assertThat(request.json()).containsOnlyKeys("requestId", "data");
        assertThat(request.json().getJsonObject("data")).containsOnlyKeys("existingClientData");
        assertThat(request.data("existingClientData").getString("client_id"))
                .isEqualTo(registered.getString("client_id"));
    }

    @Test
    void neverSendsACredential() {
        var registered = client.create(metadata().build()).json();
        read(registered);
        replace(
                registered,
                update(registered)
                        .add("client_secret", registered.get("client_secret"))
                        .build());
        for (var point : List.of(CREATION, RETRIEVAL, UPDATE)) {
            assertThat(last(point).text())
                    .as(point.path())
                    .doesNotContain(registered.getString("client_secret"))
                    .doesNotContain(registered.getString("registration_access_token"))
                    .doesNotContain("client_secret\"", "registration_access_token", "initial_access_token");
        }
    }

    @Test
    void asksNobodyAboutWhatBreaksARuleOrIsDeleted() {
        var registered = client.create(metadata().build());
        extension.reset();
        assertThat(client.create(json("{'redirect_uris': ['javascript:x']}")).status())
                .isEqualTo(400);
        assertThat(client.read(registered.clientId(), "no-such-token").status()).isEqualTo(401);
        assertThat(client.delete(registered.clientId(), registered.registrationAccessToken())
                        .status())
                .isEqualTo(204);
        assertThat(extension.calls(CREATION) + extension.calls(RETRIEVAL)).isZero();
    }

    @Test
    void storesAndReturnsWhatACreationAdds() {
        extension.next(
                CREATION, Answer.success(Map.of("risk_class", "low", "limits", Map.of("per_day", List.of(1, 2)))));
        var registered = client.create(metadata().build()).json();
        assertThat(registered).containsAllEntriesOf(json("{'risk_class': 'low', 'limits': {'per_day': [1, 2]}}"));
        assertThat(read(registered).json()).isEqualTo(registered);
    }

    @Test
    @DisplayName("merge = add: what request or statement set stays, a default gives way")
    void addsOnlyWhatNobodySet() {
        extension.next(
                CREATION,
                Answer.success(Map.of(
                        "client_name", "Of the extension",
                        "grant_types", List.of("authorization_code", "refresh_token"),
                        "token_endpoint_auth_method", "none")));
        var registered = client.create(metadata()
                        .add("client_name", "Of the client")
                        .add("grant_types", JSON.createArrayBuilder()) // asks for nothing, as if it were left out
                        .add("token_endpoint_auth_method", "client_secret_post")
                        .build())
                .json();
        assertThat(registered.getString("client_name")).isEqualTo("Of the client");
        assertThat(registered.getString("token_endpoint_auth_method")).isEqualTo("client_secret_post");
        assertThat(registered.get("grant_types"))
                .isEqualTo(
                        json("{'a': ['authorization_code', 'refresh_token']}").get("a"));
    }

    @Test
    void letsTheStatementStandAgainstTheExtension() {
        var directory = scene.directory();
        var statement = directory.statement(directory.software("extension-software"));
        extension.next(CREATION, Answer.success(Map.of("org_id", "of the extension", "client_name", "X")));
        var registered = client.create(json("{'software_statement': '" + statement.sign() + "'}"))
                .json();
        assertThat(registered.get("org_id")).isEqualTo(statement.claims().get("org_id"));
        assertThat(registered.getString("client_name")).isEqualTo("Piggy Bank");
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATION", "UPDATE", "RETRIEVAL"})
    void neverTakesWhatTheServerOwns(Point point) {
        var owned = Map.of(
                "client_id", "evil",
                "client_secret", "evil",
                "client_id_issued_at", 1,
                "client_secret_expires_at", 1,
                "registration_access_token", "evil",
                "registration_client_uri", "https://evil.example");
        var before = client.create(metadata().build()).json();
        extension.next(point, Answer.success(owned));
        var after = perform(point, before);
        assertThat(after.status()).isBetween(200, 201);
        assertThat(after.body()).doesNotContain("evil");
        assertThat(after.json()).containsKeys(owned.keySet().toArray(String[]::new));
        assertThat(after.json().getInt("client_id_issued_at")).isGreaterThan(1);
        assertThat(after.json().getInt("client_secret_expires_at")).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATION", "UPDATE", "RETRIEVAL"})
    void changesNothingOnSuccessWithoutClientData(Point point) {
        var before = client.create(metadata().build()).json();
        extension.next(point, Answer.success());
        var after = perform(point, before);
        assertThat(after.json().keySet()).isEqualTo(before.keySet());
        assertThat(after.json().get("redirect_uris")).isEqualTo(before.get("redirect_uris"));
    }

    @Test
    void storesWhatAnUpdateAdds() {
        var registered = client.create(metadata().build()).json();
        extension.next(UPDATE, Answer.success(Map.of("risk_class", "high", "client_name", "X")));
        var replaced = replace(
                registered, update(registered).add("client_name", "Mine").build());
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json()).containsAllEntriesOf(json("{'risk_class': 'high', 'client_name': 'Mine'}"));
        assertThat(read(registered).json()).isEqualTo(replaced.json());
    }

    @Test
    void showsWhatARetrievalMakesOfAClientAndStoresNothingOfIt() {
        var registered =
                client.create(metadata().add("client_name", "Stored").build()).json();
        extension.next(
                RETRIEVAL, Answer.success(Map.of("client_name", "Shown", "support_contact", "help@bank.example")));
        var shown = read(registered);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json())
                .containsAllEntriesOf(json("{'client_name': 'Shown', 'support_contact': 'help@bank.example'}"));
        assertThat(read(registered).json()).isEqualTo(registered);
    }

    @Test
    void holdsNoDatabaseConnectionWhileTheExtensionThinks() throws Exception {
        var bystander = client.create(metadata().build()).json();
        var thinking = new CountDownLatch(2 * CONNECTIONS);
        var decided = new CountDownLatch(1);
        extension.always(CREATION, request -> exchange -> {
            thinking.countDown();
            decided.await();
            Answer.success().to(request).send(exchange);
        });
        var callers = Executors.newFixedThreadPool(2 * CONNECTIONS);
        try {
            var created = IntStream.range(0, 2 * CONNECTIONS)
                    .mapToObj(i -> creation(callers))
                    .toList();
            thinking.await();
            assertThat(read(bystander).status()).isEqualTo(200);
            decided.countDown();
            assertThat(created)
                    .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(201));
        } finally {
            decided.countDown();
            callers.shutdown();
        }
    }

    private CompletableFuture<RegistrationReply> creation(ExecutorService callers) {
        return CompletableFuture.supplyAsync(() -> client.create(metadata().build()), callers);
    }

    /** A request that leads to this point. */
    private RegistrationReply perform(Point point, JsonObject registered) {
        return switch (point) {
            case CREATION -> client.create(metadata().build());
            case UPDATE -> replace(registered, update(registered).build());
            case RETRIEVAL -> read(registered);
            case TOKEN -> throw new IllegalArgumentException("nothing leads there");
        };
    }

    private Received last(Point point) {
        var requests = extension.requests(point);
        return requests.get(requests.size() - 1);
    }

    private RegistrationReply read(JsonObject registered) {
        return client.read(registered.getString("client_id"), registered.getString("registration_access_token"));
    }

    private RegistrationReply replace(JsonObject registered, JsonObject update) {
        return client.replace(
                registered.getString("client_id"), registered.getString("registration_access_token"), update);
    }

    private static JsonObjectBuilder update(JsonObject registered) {
        return metadata().add("client_id", registered.get("client_id"));
    }

    private static JsonObject without(JsonObject object, String... members) {
        var rest = JSON.createObjectBuilder(object);
        for (var member : members) rest.remove(member);
        return rest.build();
    }
}
