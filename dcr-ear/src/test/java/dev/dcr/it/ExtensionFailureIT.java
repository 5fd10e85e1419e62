package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static dev.dcr.sandbox.Point.CREATION;
import static dev.dcr.sandbox.Point.RETRIEVAL;
import static dev.dcr.sandbox.Point.UPDATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dcr.sandbox.Answer;
import dev.dcr.sandbox.ExtensionService;
import dev.dcr.sandbox.Point;
import dev.dcr.sandbox.Received;
import dev.dcr.sandbox.Reply;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an extension service's refusals, breaches of contract and outages come to, over HTTP at the shipped server. */
class ExtensionFailureIT {
    private static final int ATTEMPTS = 2;
    private static final int BREAKER_FAILURES = 5;

    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final ExtensionService extension = scene.extension();

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> Scene.openRegistration()
                + Scene.directory(sandbox)
                + Scene.extension(sandbox)
                + "[dcr.extensions]\nbreaker_delay = 1\n");
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    /** Whatever the test before has done to the circuit breaker, it is closed again. */
    @BeforeEach
    void recover() {
        extension.reset();
        await().until(() -> client.create(metadata().build()).status() == 201);
        extension.reset();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            {"errorCode": 403},   403
            {"errorCode": "422"}, 422
            {"errorCode": 409.0}, 409
            {},                   400
            {"errorCode": 200},   400
            {"errorCode": 500},   400
            {"errorCode": "500"}, 400
            {"errorCode": "no"},  400
            {"errorCode": null},  400
            """)
    void refusesWithTheStatusThatTheExtensionNames(String members, int status) {
        extension.next(CREATION, Answer.error(200, json(members), Map.of("errorDescription", "not today")));
        var reply = client.create(metadata().build());
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo("invalid_client_metadata");
        assertThat(reply.json().getString("error_description")).isEqualTo("not today");
        assertThat(reply.json().getJsonArray("violations")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"error": "invalid_redirect_uri"} | invalid_redirect_uri
            {"error": "unapproved_software_statement"} | unapproved_software_statement
            {"error": "invalid_software_statement"} | invalid_software_statement
            {"errorCode": "invalid_redirect_uri"} | invalid_redirect_uri
            {"error": "invalid_software_statement", "errorCode": "invalid_redirect_uri"} | invalid_software_statement
            {"error": "access_denied"} | invalid_client_metadata
            {} | invalid_client_metadata
            """)
    void refusesWithTheErrorThatTheExtensionNames(String data, String error) {
        extension.next(CREATION, Answer.error(200, Map.of(), json(data)));
        var reply = client.create(metadata().build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo(error);
        assertThat(reply.json().getString("error_description")).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(names = {"UPDATE", "RETRIEVAL"})
    void passesOnARefusalOfManagement(Point point) {
        var registered = client.create(metadata().build()).json();
        extension.next(point, Answer.refusal(403, "invalid_client_metadata", "under review"));
        assertThat(perform(point, registered).status()).isEqualTo(403);
        assertThat(stored(registered)).isEqualTo(registered);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void answers502ToABreachOfContractAndStoresNothing(String name, Answer breach) {
        extension.next(CREATION, breach);
        var request = signedRequest();
        var reply = client.create(request);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.error()).isEqualTo("server_error");
        assertThat(extension.calls(CREATION)).isEqualTo(1);
        var requestId = extension.requests(CREATION).get(0).requestId();
        assertThat(scene.server().output()).contains("requestId " + requestId);
        // its jti would be spent if anything had been stored
        assertThat(client.create(request).status()).isEqualTo(201);
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                Arguments.of("400 by the contract", Answer.failure(400, "bad_request", "no")),
                Arguments.of("500 by the contract", Answer.failure(500, "server_error", "no")),
                Arguments.of("404", Answer.of(Reply.empty(404))),
                Arguments.of("204", Answer.of(Reply.empty(204))),
                Arguments.of("503", Answer.of(Reply.empty(503))),
                Arguments.of("redirect", Answer.of(Reply.redirect("/directory/jwks"))),
                Arguments.of("no JSON", Answer.of(Reply.text(200, "SUCCESS"))),
                Arguments.of("no object", body("[]")),
                Arguments.of("no status", body("{'data': {}}")),
                Arguments.of("another status", body("{'status': 'FINE'}")),
                Arguments.of("a status of another type", body("{'status': 1}")),
                Arguments.of("clientData no object", body("{'status': 'SUCCESS', 'data': {'clientData': 'x'}}")),
                Arguments.of("another responseId", Answer.wrongResponseId(Map.of())),
                Arguments.of("over 1 MiB", Answer.oversized(1024 * 1024 + 1)));
    }

    @Test
    void answers502ToAValueThatBreaksARuleAndStoresNothing() {
        extension.next(CREATION, Answer.success(Map.of("initiate_login_uri", "javascript:x", "contacts", "no list")));
        var request = signedRequest();
        var reply = client.create(request);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.error()).isEqualTo("server_error");
        assertThat(reply.body()).doesNotContain("javascript");
        assertThat(client.create(request).status()).isEqualTo(201);
    }

    @Test
    void keepsAClientThroughABreachDuringItsUpdate() {
        var registered = client.create(metadata().build()).json();
        extension.next(UPDATE, Answer.success(Map.of("grant_types", List.of("implicit"))));
        assertThat(perform(UPDATE, registered).status()).isEqualTo(502);
        assertThat(stored(registered)).isEqualTo(registered);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATION", "UPDATE", "RETRIEVAL"})
    void answers503ToAnOutageOfEveryAttempt(Point point) {
        var registered = client.create(metadata().build()).json();
        extension.reset();
        extension.always(point, Answer.of(Reply.drop()));
        var reply = perform(point, registered);
        assertUnavailable(reply);
        assertThat(extension.calls(point)).isEqualTo(ATTEMPTS);
        extension.reset();
        assertThat(stored(registered)).isEqualTo(registered);
    }

    @Test
    void answers503ToSilence() {
        extension.always(CREATION, Answer.of(Reply.hang()));
        var request = signedRequest();
        assertUnavailable(client.create(request));
        assertThat(extension.calls(CREATION)).isEqualTo(ATTEMPTS);
        extension.reset();
        assertThat(client.create(request).status()).isEqualTo(201);
    }

    @Test
    void triesAgainAfterAnOutage() {
        extension.next(CREATION, Answer.of(Reply.truncated(100, "{".getBytes(UTF_8))));
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
        assertThat(extension.requests(CREATION))
                .hasSize(2)
                .extracting(Received::text)
                .containsOnly(extension.requests(CREATION).get(0).text());
    }

    @Test
    void leavesADeadExtensionAloneForAWhile() {
        extension.always(CREATION, Answer.of(Reply.drop()));
        for (var i = 0; i < BREAKER_FAILURES; i++)
            assertUnavailable(client.create(metadata().build()));
        var open = client.create(metadata().build());
        assertUnavailable(open);
        assertThat(open.header("Retry-After")).hasValue("1");
        assertThat(scene.server().output()).contains("extension service is left alone for 1 s");
        extension.always(CREATION, Answer.success());
        await().until(() -> client.create(metadata().build()).status() == 201);
        for (var i = 0; i < BREAKER_FAILURES; i++)
            assertThat(client.create(metadata().build()).status()).isEqualTo(201);
    }

    @Test
    void neverCountsRefusalsAndBreachesAsOutages() {
        extension.always(CREATION, Answer.refusal(400, "invalid_client_metadata", "no"));
        for (var i = 0; i <= BREAKER_FAILURES; i++)
            assertThat(client.create(metadata().build()).status()).isEqualTo(400);
        extension.always(CREATION, Answer.failure(500, "server_error", "no"));
        for (var i = 0; i <= BREAKER_FAILURES; i++)
            assertThat(client.create(metadata().build()).status()).isEqualTo(502);
        extension.reset();
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
    }

    private static void assertUnavailable(RegistrationReply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.error()).isEqualTo("temporarily_unavailable");
        assertThat(reply.header("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-9][0-9]*"));
    }

    private static Answer body(String json) {
        return Answer.of(
                Reply.bytes(200, "application/json", json.replace('\'', '"').getBytes(UTF_8)));
    }

    private static String signedRequest() {
        var directory = scene.directory();
        var software = directory.software("extension-failure");
        return directory.request(software, directory.statement(software).sign()).sign();
    }

    /** A request that leads to this point. */
    private RegistrationReply perform(Point point, JsonObject registered) {
        var id = registered.getString("client_id");
        var token = registered.getString("registration_access_token");
        return switch (point) {
            case CREATION -> client.create(metadata().build());
            case UPDATE ->
                client.replace(id, token, metadata().add("client_id", id).build());
            case RETRIEVAL -> client.read(id, token);
            case TOKEN -> throw new IllegalArgumentException("nothing leads there");
        };
    }

    /** The client as it is stored. */
    private JsonObject stored(JsonObject registered) {
        extension.next(RETRIEVAL, Answer.success());
        return perform(RETRIEVAL, registered).json();
    }
}
