package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dcr.sandbox.Answer;
import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Point;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Below a base path, behind a public address, for browsers and for those who watch it: the server's HTTP side. */
class HttpIT {
    private static final String PUBLIC_BASE_URL = "https://dcr.bank.example";
    private static final String BASE_PATH = "/open-banking/v3.3";
    private static final String APP = "https://app.example";
    private static final int MAX_BODY_BYTES = 8192;

    private static Scene scene;
    private final RegistrationClient server =
            new RegistrationClient(scene.server().http());
    private final RegistrationClient client =
            new RegistrationClient(scene.server().http().resolve(BASE_PATH + "/register"));
    private final RegistrationClient management =
            new RegistrationClient(scene.server().management());

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox -> """
                [dcr]
                public_base_url = "%s"
                base_path = "%s"
                max_body_bytes = %d
                unknown_metadata = "store"
                [dcr.cors]
                allowed_origins = ["%s"]
                [dcr.software_statement]
                reuse = "one_client"
                """.formatted(PUBLIC_BASE_URL, BASE_PATH, MAX_BODY_BYTES, APP)
                + Scene.openRegistration()
                + Scene.directory(sandbox)
                + Scene.extension(sandbox));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void movesTheEndpointBelowItsBasePath() {
        var registered = client.create(metadata().build());
        assertThat(registered.status()).isEqualTo(201);
        var id = registered.clientId();
        assertThat(registered.json().getString("registration_client_uri"))
                .isEqualTo(PUBLIC_BASE_URL + BASE_PATH + "/register/" + id);
        assertThat(client.read(id, registered.registrationAccessToken()).status())
                .isEqualTo(200);
        assertThat(client.delete(id, registered.registrationAccessToken()).status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/register", "/register/some-client", "/open-banking/register", "/v3.3/register"})
    void isNotThereWithoutItsBasePath(String path) {
        for (var method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
            var reply = server.send(method, path, new byte[0], Map.of());
            assertThat(reply.status()).as(method).isEqualTo(404);
            assertThat(reply.error()).isEqualTo("invalid_request");
        }
    }

    @Test
    void believesNoForwardingHeaderOfStrangers() {
        var reply = client.create(
                metadata().build(),
                Map.of(
                        "X-Forwarded-For", "203.0.113.66",
                        "X-Forwarded-Host", "evil.example",
                        "X-Forwarded-Proto", "ftp",
                        "Forwarded", "for=203.0.113.66;host=evil.example",
                        "X-Correlation-ID", "spoofing"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).doesNotContain("evil.example");
        assertThat(logged("spoofing")).singleElement().asString().contains("source=127.0.0.1");
    }

    @Test
    void believesNoHostHeader() throws IOException {
        var body = metadata().build().toString();
        var reply = raw("POST " + BASE_PATH + "/register HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(reply)
                .startsWith("HTTP/1.1 201 ")
                .contains(PUBLIC_BASE_URL + BASE_PATH + "/register/")
                .doesNotContain("evil.example");
    }

    @Test
    @DisplayName("CORS: the allowed origin alone may read replies, refusals too")
    void letsTheAllowedOriginReadReplies() {
        for (var body : new JsonObject[] {metadata().build(), json("{}")}) {
            var reply = client.create(body, Map.of("Origin", APP));
            assertThat(reply.header("Access-Control-Allow-Origin")).hasValue(APP);
            assertThat(reply.headers().allValues("Vary")).contains("Origin");
            assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(reply.header("Access-Control-Expose-Headers"))
                    .hasValueSatisfying(names -> assertThat(names).contains("WWW-Authenticate", "Retry-After"));
        }
        for (var origin :
                new String[] {"https://evil.example", "http://app.example", "https://app.example.evil.example"}) {
            var reply = client.create(metadata().build(), Map.of("Origin", origin));
            assertThat(reply.header("Access-Control-Allow-Origin")).as(origin).isEmpty();
            assertThat(reply.headers().allValues("Vary")).contains("Origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/some-client"})
    @DisplayName("CORS: pre-flight")
    void answersPreFlightRequests(String path) {
        var asking = Map.of(
                "Access-Control-Request-Method", "PUT",
                "Access-Control-Request-Headers", "authorization,content-type",
                "Origin", APP);
        var reply = client.send("OPTIONS", path, new byte[0], asking);
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin")).hasValue(APP);
        assertThat(reply.header("Access-Control-Allow-Methods"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("GET", "POST", "PUT", "DELETE"));
        assertThat(reply.header("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers)
                        .containsIgnoringCase("authorization")
                        .containsIgnoringCase("content-type"));
        var stranger = Map.of("Access-Control-Request-Method", "PUT", "Origin", "https://evil.example");
        assertThat(client.send("OPTIONS", path, new byte[0], stranger).header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void takesBodiesUpToTheConfiguredLength() {
        var longest = padded(MAX_BODY_BYTES);
        var json = Map.of("Content-Type", "application/json");
        assertThat(client.send("POST", "", longest, json).status()).isEqualTo(201);
        var tooLong = client.send("POST", "", padded(MAX_BODY_BYTES + 1), json);
        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.error()).isEqualTo("invalid_request");
    }

    @Test
    void countsAChunkedBodyToo() throws IOException {
        var body = new String(padded(MAX_BODY_BYTES + 1), US_ASCII);
        var reply = raw("POST " + BASE_PATH + "/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 413 ").contains("invalid_request");
    }

    @Test
    @DisplayName("unknown_metadata = store")
    void storesWhatItDoesNotKnow() {
        var unknown = json("{'x_known_to_nobody': {'a': [1, 'two', null]}}");
        var registered = client.create(metadata()
                .add("x_known_to_nobody", unknown.get("x_known_to_nobody"))
                .build());
        assertThat(registered.json()).containsAllEntriesOf(unknown);
        assertThat(client.read(registered.clientId(), registered.registrationAccessToken())
                        .json())
                .containsAllEntriesOf(unknown);
    }

    @Test
    @DisplayName("reuse = one_client: a second living client of the same software")
    void letsSoftwareHaveOneLivingClient() {
        var software = scene.directory().software("one-" + UUID.randomUUID());
        var first = client.create(statementOf(software.id()));
        assertThat(first.status()).isEqualTo(201);
        var second = client.create(statementOf(software.id()));
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.error()).isEqualTo("invalid_software_statement");
        client.delete(first.clientId(), first.registrationAccessToken());
        assertThat(client.create(statementOf(software.id())).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("reuse = one_client: among simultaneous registrations the database decides")
    void letsOneOfManySimultaneousRegistrationsThrough() {
        var software = "one-" + UUID.randomUUID();
        var callers = Executors.newFixedThreadPool(8);
        try {
            var statuses = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> client.create(statementOf(software)).status(), callers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 400);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void tellsItsHealthByPart() {
        var ready = management.send("GET", "/health/ready", new byte[0], Map.of());
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().getString("status")).isEqualTo("UP");
        assertThat(ready.json().getJsonArray("checks").getValuesAs(JsonObject.class))
                .extracting(check -> check.getString("name"))
                .contains("database");
        assertThat(management
                        .send("GET", "/health/live", new byte[0], Map.of())
                        .json()
                        .getString("status"))
                .isEqualTo("UP");
    }

    @Test
    void countsRegistrationsByOutcome() {
        var created = meter("dcr_registrations_total", "operation=\"create\"", "outcome=\"created\"");
        var refused = meter("dcr_registrations_total", "operation=\"create\"", "outcome=\"invalid_redirect_uri\"");
        var unknown = meter("dcr_registrations_total", "operation=\"read\"", "outcome=\"invalid_token\"");
        client.create(metadata().build());
        client.create(metadata().build());
        client.create(json("{}"));
        client.read("nobody", "no-such-token");
        awaitMeter(created + 2, "dcr_registrations_total", "operation=\"create\"", "outcome=\"created\"");
        awaitMeter(refused + 1, "dcr_registrations_total", "operation=\"create\"", "outcome=\"invalid_redirect_uri\"");
        awaitMeter(unknown + 1, "dcr_registrations_total", "operation=\"read\"", "outcome=\"invalid_token\"");
    }

    @Test
    void timesExtensionCallsByPointAndOutcome() {
        var meter = "dcr_extension_calls_seconds_count";
        var creation = "point=\"pre_process_client_creation\"";
        var success = meter(meter, creation, "outcome=\"success\"");
        var refused = meter(meter, creation, "outcome=\"refused\"");
        var broken = meter(meter, creation, "outcome=\"broken\"");
        client.create(metadata().build());
        client.create(metadata().add("client_name", "forbidden").build());
        scene.extension().next(Point.CREATION, Answer.failure(500, "x", "y"));
        client.create(metadata().build());
        awaitMeter(success + 1, meter, creation, "outcome=\"success\"");
        awaitMeter(refused + 1, meter, creation, "outcome=\"refused\"");
        awaitMeter(broken + 1, meter, creation, "outcome=\"broken\"");
    }

    @Test
    void writesOneLineForEachRequest() {
        client.create(metadata().build(), Map.of("X-Correlation-ID", "one-line-good"));
        client.create(json("{}"), Map.of("X-Correlation-ID", "one-line-bad"));
        server.send("GET", "/nowhere", new byte[0], Map.of("X-Correlation-ID", "one-line-nowhere"));
        assertThat(logged("one-line-good"))
                .singleElement()
                .asString()
                .containsPattern("method=POST path=" + BASE_PATH + "/register status=201 duration_ms=\\d+ client_id=");
        assertThat(logged("one-line-bad"))
                .singleElement()
                .asString()
                .contains("status=400", "error=invalid_redirect_uri");
        assertThat(logged("one-line-nowhere")).singleElement().asString().contains("status=404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", BASE_PATH})
    void describesItselfAtItsPublicAddress(String prefix) {
        var description = server.send("GET", prefix + "/openapi", new byte[0], Map.of("Accept", "*/*"));
        assertThat(description.status()).isEqualTo(200);
        assertThat(description.header("Content-Type")).hasValue("application/json");
        assertThat(description.json().getString("openapi")).startsWith("3.");
        assertThat(description.json().getJsonArray("servers"))
                .isEqualTo(json("{'a': [{'url': '" + PUBLIC_BASE_URL + BASE_PATH + "'}]}")
                        .get("a"));
        assertThat(description.json().getJsonObject("paths")).containsKeys("/register", "/register/{client_id}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", BASE_PATH})
    void showsItsDescriptionWithAssetsOfItsOwn(String prefix) {
        var page = server.send("GET", prefix + "/docs", new byte[0], Map.of("Accept", "text/html"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "script-src 'self'"));
        var links = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page.body())
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.equals("data:,"))
                .toList();
        assertThat(links).hasSizeGreaterThanOrEqualTo(3).noneMatch(link -> link.contains(":"));
        for (var link : links)
            assertThat(server.send("GET", prefix + "/" + link, new byte[0], Map.of())
                            .status())
                    .as(link)
                    .isEqualTo(200);
    }

    private static JsonObject statementOf(String software) {
        Directory directory = scene.directory();
        return json("{'software_statement': '"
                + directory.statement(directory.software(software)).sign() + "'}");
    }

    /** A registration of exactly this many bytes. */
    private static byte[] padded(int length) {
        var text = metadata().build().toString();
        return (text + " ".repeat(length - text.length())).getBytes(UTF_8);
    }

    /** The lines of the request log that bear this correlation id; at least one, since the last comes after the reply. */
    private static List<String> logged(String correlationId) {
        return await().until(
                        () -> scene.server()
                                .output()
                                .lines()
                                .filter(line -> line.contains("correlation_id=" + correlationId))
                                .toList(),
                        lines -> !lines.isEmpty());
    }

    private void awaitMeter(double expected, String name, String... tags) {
        await().untilAsserted(() -> assertThat(meter(name, tags)).isEqualTo(expected));
    }

    /** The value of a meter with these tags; zero as long as there is none. */
    private double meter(String name, String... tags) {
        return management
                .send("GET", "/metrics", new byte[0], Map.of())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Arrays.stream(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", scene.server().http().getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
