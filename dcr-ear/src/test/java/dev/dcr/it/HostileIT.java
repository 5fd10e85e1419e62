package dev.dcr.it;

import static com.nimbusds.jose.JWSAlgorithm.ES256;
import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.Software;
import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the open internet sends, on purpose and by accident, to the shipped server. */
class HostileIT {
    private static final long SEED = Long.getLong("dcr.fuzz.seed", 7591);
    private static final int MUTATIONS = Integer.getInteger("dcr.fuzz.requests", 2000);
    private static final Map<String, String> AS_JSON = Map.of("Content-Type", "application/json");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");
    /** A line of the log as the server begins each. */
    private static final Pattern LINE = Pattern.compile("[\\x20-\\x7e\\t]*");

    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final Software software = scene.directory().software("hostile");

    @BeforeAll
    static void open() {
        scene = Scene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    // -- signed requests ---------------------------------------------------------------------------------------------

    /** RFC 8725 §3.10: a header that names a key or an address is the sender's word alone. */
    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u"})
    void followsNoAddressOfAHeader(String parameter) throws IOException {
        try (var lure = new ServerSocket(0)) {
            var address = "http://localhost:" + lure.getLocalPort() + "/keys";
            var reply = client.create(
                    request().header(parameter, address).kid("unknown").sign());
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).isEqualTo("invalid_request");
            lure.setSoTimeout(200);
            assertThat(caught(lure)).isFalse();
        }
    }

    private static boolean caught(ServerSocket lure) throws IOException {
        try (var caller = lure.accept()) {
            return caller.isConnected();
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../../etc/passwd", "' OR 1=1 --", "\u0000", "\r\nX: y", "http://localhost:1/"})
    void takesAKeyIdForNothingButAName(String kid) {
        var reply = client.create(request().kid(kid).sign());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_request");
    }

    static Stream<String> foreignJwts() {
        var header = encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}");
        var bomb = Base64.getUrlEncoder().withoutPadding().encodeToString(deflated(new byte[50_000_000]));
        return Stream.of(
                header + ".." + encoded("i".repeat(12)) + "." + bomb + "." + encoded("t".repeat(16)),
                encoded("{\"alg\":\"PS256\",\"zip\":\"DEF\"}") + "." + bomb + "." + encoded("x".repeat(256)),
                encoded("{\"alg\":\"PS256\",\"b64\":false,\"crit\":[\"b64\"]}") + ".{}." + encoded("x"),
                encoded("{\"alg\":\"PS256\",\"cty\":\"JWT\"}") + "." + encoded("e30.e30.e30") + "." + encoded("x"),
                encoded("{\"alg\":\"nOnE\"}") + "." + encoded("{}") + ".",
                "a".repeat(250_000),
                ".".repeat(100_000));
    }

    /** RFC 8725 §3.1 and §3.9, and what unpacks to a thousand times its size. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("foreignJwts")
    void refusesWhatIsNoSignedRequest(String jwt) {
        var reply = client.create(jwt);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_request");
    }

    /** A signature of zeros is one by any key to a verifier that does not look (CVE-2022-21449). */
    @Test
    void refusesASignatureOfZeros() {
        var request = scene.directory()
                .request(software, scene.directory().statement(software).sign(), ES256);
        var parts = request.sign().split("\\.", -1);
        var reply = client.create(parts[0] + "." + parts[1] + "." + encoded("\0".repeat(64)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_request");
    }

    @Test
    void refusesAJwtOverTheLimit() {
        assertThat(client.create(request().with("x", "x".repeat(300_000)).sign())
                        .status())
                .isEqualTo(413);
    }

    // -- JSON and text -----------------------------------------------------------------------------------------------

    static Stream<byte[]> badBodies() {
        return Stream.of(
                        "{\"a\":" + "[".repeat(100_000),
                        "{\"a\":" + "1".repeat(100_000) + "}",
                        "{\"a\":1e99999999999}",
                        "{\"a\":-1E-99999999999999999999}",
                        "{\"redirect_uris\":[],\"redirect\\u005furis\":[]}",
                        "{\"client_name\":\"\\ud800\"}",
                        "{\"client_name\":\"\\u0000\"}",
                        "{\"client_name\":\"\u00c0\u00af\"}",
                        "{\"client_name\":\"\u00ed\u00a0\u0080\"}",
                        "\u00ff\u00fe{\0}\0",
                        "\u00ef\u00bb\u00bf{}")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("badBodies")
    void refusesWhatIsNoProperJson(byte[] body) {
        var reply = client.send("POST", "", body, AS_JSON);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=x, O=\" \" ", "O=\"x\"=Oa\\,b+OU=c, O=\"x\";y\"", "CN=\\00", "=,,=", "CN=#zz"})
    void refusesNamesThatThePlatformTripsOver(String name) {
        var reply = client.create(metadata()
                .add("token_endpoint_auth_method", "tls_client_auth")
                .add("tls_client_auth_subject_dn", name)
                .build());
        assertThat(reply.status()).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\r\n2026-11-25 level=INFO forged", "\u001b[2J\u001b[31m", "\u2028\u2029\u0085", "\u202eppa"})
    void letsNoTextOfACallerEndALineOfTheLog(String text) {
        client.create(metadata().add("client_name", text).build(), Map.of("X-Correlation-ID", "hostile"));
        client.create(metadata().add(text, text).add("redirect_uris", text).build());
        client.create(json("{'software_statement': 'x'}"), Map.of("User-Agent", "\u00e9\u0085"));
        assertThat(scene.server().output()).doesNotContain("forged", "\u001b[2J");
        assertThat(scene.server().output().lines())
                .allMatch(line -> LINE.matcher(line).matches());
    }

    // -- HTTP --------------------------------------------------------------------------------------------------------

    static Stream<String> smuggled() {
        var get = "GET /register/x HTTP/1.1\r\nHost: x\r\n\r\n";
        return Stream.of(
                "POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + get,
                "POST /register HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"
                        + get,
                "POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\n{}  " + get,
                "POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\n{}  ",
                "POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /register HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
                "GET /register/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /register/%00%0d%0aX:y HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /register/../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://evil.example/register/x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /register/x HTTP/9.9\r\n\r\n",
                "GET /register/x HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(2_000_000) + "\r\n\r\n",
                "GET /register/x HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(5_000) + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0",
                "\r\n\r\n\0\0\0");
    }

    /** RFC 9112 §11.2 and its like: refused, or the connection ends; never served twice, never a 5xx. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("smuggled")
    void survivesWhatIsNoProperHttp(String request) throws IOException {
        var answer = raw(request.getBytes(ISO_8859_1));
        var statuses =
                STATUS.matcher(answer).results().map(match -> match.group(1)).toList();
        assertThat(statuses).allMatch(status -> status.startsWith("4") || status.equals("505"));
        assertThat(answer).doesNotContainIgnoringCase("<html", "java.", "undertow", "\r\nX:y");
    }

    /** RFC 9113 §3.1 dropped the upgrade. A proxy that lets it through would see, and filter, nothing that comes after it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /register/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"
            })
    void speaksNoHttp2InTheClear(String preface) throws IOException {
        assertThat(raw(preface.getBytes(ISO_8859_1))).startsWith("HTTP/1.1 4");
    }

    @Test
    void putsNoInputIntoAHeaderOfTheReply() throws IOException {
        var answer = raw(("GET /register/marker4711%0d%0aX-Evil:1?marker4711 HTTP/1.1\r\nHost: marker4711\r\n"
                        + "Origin: https://marker4711\r\nX-Forwarded-Host: marker4711\r\nX-Forwarded-Proto: marker4711\r\n"
                        + "X-Correlation-ID: marker 4711;\r\nx-fapi-interaction-id: marker 4711;\r\n"
                        + "If-Match: marker4711\r\nForwarded: host=marker4711\r\nConnection: close\r\n\r\n")
                .getBytes(ISO_8859_1));
        var head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        assertThat(head).startsWith("HTTP/1.1 4").doesNotContain("4711", "X-Evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*x", "\"", "W/", "\"a\"\"b\"", "\"0\", *", "\u00e9"})
    void takesNoBadPreconditionForAGoodOne(String ifMatch) {
        var registered = client.create(metadata().build());
        var headers = new LinkedHashMap<>(bearer(registered.registrationAccessToken()));
        if (!ifMatch.isEmpty()) headers.put("If-Match", ifMatch);
        var reply = client.send("DELETE", "/" + registered.clientId(), new byte[0], headers);
        assertThat(reply.status()).isEqualTo(ifMatch.isEmpty() ? 204 : 400);
    }

    // -- everything
    // ----------------------------------------------------------------------------------------------------

    /** Requests that are nearly right: each is answered as the contract says, and the server is as well as before. */
    @Test
    void answersMutatedRequestsByItsContract() throws IOException {
        var registered = client.create(metadata().build());
        var random = new Random(SEED);
        var seeds = seeds(registered);
        for (var i = 0; i < MUTATIONS; i++) {
            var request = mutated(seeds.get(random.nextInt(seeds.size())), random);
            var answer = raw(request);
            assertThat(contractBreach(answer))
                    .as(
                            "request %d of seed %d: %s",
                            i, SEED, Base64.getEncoder().encodeToString(request))
                    .isEmpty();
        }
        assertThat(client.create(metadata().build()).status()).isEqualTo(201);
        assertThat(scene.server().output()).doesNotContain("OutOfMemoryError", "StackOverflowError", " ERROR ");
        assertThat(scene.server().output().lines())
                .allMatch(line -> LINE.matcher(line).matches());
        assertThat(heapAfterCollection()).isLessThan(200L << 20);
    }

    private List<byte[]> seeds(RegistrationReply registered) {
        var body = metadata()
                .add("client_name", "App")
                .add("contacts", Json.createArrayBuilder().add("a@b.example"))
                .build()
                .toString();
        var signed = request().sign();
        var token = "Authorization: Bearer " + registered.registrationAccessToken() + "\r\n";
        var path = "/register/" + registered.clientId();
        return Stream.of(
                        request("POST", "/register", "Content-Type: application/json\r\n", body),
                        request("POST", "/register", "Content-Type: application/jwt\r\n", signed),
                        request("GET", path, token + "Accept: application/json, */*;q=0.1\r\n", ""),
                        request("PUT", path, token + "Content-Type: application/json\r\nIf-Match: \"0\"\r\n", body),
                        request("DELETE", "/register/nobody", token + "X-Correlation-ID: a\r\n", ""),
                        request("GET", path, "DPoP: " + signed + "\r\nAuthorization: DPoP abc\r\n", ""),
                        request(
                                "OPTIONS",
                                "/register",
                                "Origin: https://a.example\r\nAccess-Control-Request-Method: PUT\r\n",
                                ""),
                        request("POST", "/admin/initial-access-tokens", token, "{}"))
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    private static String request(String method, String path, String headers, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static byte[] mutated(byte[] seed, Random random) {
        var made = seed;
        for (var steps = 1 + random.nextInt(3); steps > 0; steps--) {
            var out = new ByteArrayOutputStream();
            var at = random.nextInt(made.length);
            out.write(made, 0, at);
            switch (random.nextInt(4)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
                case 2 -> out.write(made, at, Math.min(made.length - at, random.nextInt(30)));
                default -> {}
            }
            var from = Math.min(made.length, at + random.nextInt(4));
            out.write(made, from, made.length - from);
            made = out.toByteArray();
        }
        return made;
    }

    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\0",
        "\u202e",
        "\u2028",
        "%0d%0a",
        "%00",
        "/../",
        "//",
        ";",
        "?",
        "\"",
        "\\",
        "[",
        "{",
        "1e99999999999",
        "null",
        "\\ud800",
        "'",
        "Bearer ",
        ".",
        "*",
        "<script>",
        "${jndi:ldap://x}",
        "\u001b[31m",
        "-1",
        ",",
        "a".repeat(9000)
    };

    /** What is wrong with an answer; empty for none at all, for a connection may end over what is no HTTP. */
    private static String contractBreach(String answer) {
        if (answer.isEmpty()) return "";
        var status = STATUS.matcher(answer);
        if (!status.lookingAt()) return "no status line: " + answer;
        if (status.group(1).startsWith("5") && !status.group(1).equals("505")) return answer;
        if (answer.toLowerCase(java.util.Locale.ROOT).contains("<html")) return "HTML: " + answer;
        return answer.chars()
                        .allMatch(c -> c == '\r'
                                || c == '\n'
                                || c >= 0x20 && c <= 0x7e
                                || status.group(1).startsWith("2"))
                ? ""
                : "not ASCII: " + answer;
    }

    private static long heapAfterCollection() {
        scene.server().diagnose("GC.run");
        var used = Pattern.compile("used ([0-9]+)K").matcher(scene.server().diagnose("GC.heap_info"));
        return used.results()
                .mapToLong(match -> Long.parseLong(match.group(1)) << 10)
                .limit(2)
                .sum();
    }

    private Draft request() {
        return scene.directory()
                .request(software, scene.directory().statement(software).sign());
    }

    /** All that the server answers until it hangs up, or has said nothing for a while. */
    private static String raw(byte[] request) throws IOException {
        try (var socket = new Socket("localhost", scene.server().http().getPort())) {
            socket.setSoTimeout(10_000);
            var answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(answer);
            } catch (SocketException | SocketTimeoutException hungUp) {
                // it has had enough; what it said before counts
            }
            return answer.toString(ISO_8859_1);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        var packed = new byte[100_000];
        return java.util.Arrays.copyOf(packed, deflater.deflate(packed));
    }
}
