package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7591: registering a client, over HTTP at the shipped server. */
class RegisterIT {
    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    @DisplayName("RFC 7591 §3.2.1: 201, JSON, not to be stored, with all registered metadata")
    @Tag("RFC7591-3-open")
    @Tag("RFC7591-3.2.1-all")
    @Tag("OIDCR-3-open")
    @Tag("OIDCR-3.2-created")
    void answersWithEverythingRegistered() {
        var reply = client.create(metadata()
                .add("client_name", "App")
                .add("client_name#fr", "Appli")
                .build());
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Content-Type")).hasValue("application/json");
        assertThat(reply.header("Cache-Control")).hasValue("no-store");
        assertThat(reply.header("Pragma")).hasValue("no-cache");
        assertThat(reply.json())
                .containsAllEntriesOf(json("{'redirect_uris': ['https://client.example/cb'], 'client_name': 'App',"
                        + "'client_name#fr': 'Appli', 'grant_types': ['authorization_code'],"
                        + "'response_types': ['code'], 'token_endpoint_auth_method': 'client_secret_basic'}"));
    }

    @Test
    @DisplayName("RFC 7591 §3.2.1: client_id, client_secret with its expiry, and where to manage the client")
    void issuesCredentials() {
        var registered = client.create(metadata().build()).json();
        assertThat(registered.getString("client_id"))
                .matches("[A-Za-z0-9_-]{22,36}")
                .doesNotStartWith("http");
        assertThat(registered.getString("client_secret")).matches("[A-Za-z0-9_-]{36}");
        assertThat(registered.getInt("client_secret_expires_at")).isZero();
        assertThat(registered.getJsonNumber("client_id_issued_at").longValue())
                .isBetween(System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000 + 1);
        assertThat(registered.getString("registration_access_token")).matches("[A-Za-z0-9_-]{43}");
        assertThat(registered.getString("registration_client_uri"))
                .isEqualTo(scene.server().http() + "/register/" + registered.getString("client_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "client_secret_post", "client_secret_basic"})
    @DisplayName("RFC 7591 §3.2.1: a secret only where the authentication method needs one")
    @Tag("RFC7591-3.2.1-client_secret-needed")
    void issuesASecretOnlyWhereItIsNeeded(String method) {
        var registered = client.create(
                        metadata().add("token_endpoint_auth_method", method).build())
                .json();
        assertThat(registered.containsKey("client_secret")).isEqualTo(!method.equals("none"));
        assertThat(registered.containsKey("client_secret_expires_at")).isEqualTo(!method.equals("none"));
    }

    @Test
    @DisplayName("RFC 7591 §2: unknown members are ignored, null members are as if left out")
    @Tag("RFC7591-2-unknown")
    void ignoresWhatItDoesNotKnow() {
        var registered = client.create(metadata()
                        .add("x_unknown", "x")
                        .add("client_uri", JsonValue.NULL)
                        .build())
                .json();
        assertThat(registered).doesNotContainKeys("x_unknown", "client_uri");
        assertThat(registered.values()).doesNotContain(JsonValue.NULL);
    }

    @Test
    @DisplayName("RFC 7591 §3.1: a client cannot choose its own identifier, secret or token")
    @Tag("RFC7591-3.1-identifier")
    @Tag("RFC9700-4.15-client_id")
    void chooseNothingThatTheServerOwns() {
        var registered = client.create(metadata()
                        .add("client_id", "mine")
                        .add("client_secret", "mine")
                        .add("registration_access_token", "mine")
                        .build())
                .json();
        assertThat(registered.values()).doesNotContain(json("{'a': 'mine'}").get("a"));
    }

    @Test
    @DisplayName("RFC 7591 §3.2.2: everything wrong is told at once, the gravest kind as the error")
    @Tag("RFC7591-2-values")
    void tellsEverythingWrongAtOnce() {
        var reply = client.create(
                json("{'redirect_uris': ['https://ok.example/cb', 'javascript:alert(1)', 'http://a.example/cb'],"
                        + "'client_name': 7, 'grant_types': ['authorization_code'], 'response_types': ['token'],"
                        + "'logo_uri': 'not a uri'}"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
        assertThat(reply.violatedFields())
                .contains("redirect_uris[1]", "redirect_uris[2]", "client_name", "logo_uri")
                .doesNotContain("redirect_uris[0]");
        assertThat(reply.json().getString("error_description")).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    not json                                                       | invalid_request
                    []                                                             | invalid_request
                    "text"                                                         | invalid_request
                    {"redirect_uris":["https://a.example/cb"],"redirect_uris":[]}  | invalid_request
                    {"redirect_uris":["https://a.example/cb"]} trailing            | invalid_request
                    {"redirect_uris":["https://a.example/\\u0000"]}                | invalid_request
                    {"redirect_uris":"https://a.example/cb"}                       | invalid_redirect_uri
                    {"redirect_uris":[]}                                           | invalid_redirect_uri
                    {}                                                             | invalid_redirect_uri
                    {"redirect_uris":["https://a.example/cb"],"contacts":"me"}     | invalid_client_metadata
                    """)
    @DisplayName("RFC 7591 §3.2.2: a body that cannot be registered")
    void refusesABadBody(String body, String error) {
        var reply = client.send(
                "POST", "", body.replace("\\\\", "\\").getBytes(UTF_8), Map.of("Content-Type", "application/json"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo(error);
        assertThat(reply.header("Cache-Control")).hasValue("no-store");
        assertThat(reply.json().containsKey("violations")).isEqualTo(!error.equals("invalid_request"));
    }

    @Test
    void refusesABodyOverTheLimit() {
        var body = ("{\"client_name\":\"" + "x".repeat(257 * 1024) + "\"}").getBytes(UTF_8);
        var reply = client.send("POST", "", body, Map.of("Content-Type", "application/json"));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"})
    void refusesOtherMediaTypes(String type) {
        var reply = client.create(metadata().build(), Map.of("Content-Type", type));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.error()).isEqualTo("invalid_request");
    }

    @Test
    void refusesACallerThatTakesNoJson() {
        assertThat(client.create(metadata().build(), Map.of("Accept", "text/html"))
                        .status())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @CsvSource({"GET, '', 405", "DELETE, '', 405", "PATCH, /some-client, 405", "POST, /some-client, 405", "GET, s, 404"
    })
    void refusesOtherMethodsAndPaths(String method, String path, int status) {
        var reply = client.send(method, path, new byte[0], Map.of());
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo("invalid_request");
        assertThat(reply.header("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void tellsTheCorrelationIdInReplyAndLog() {
        var reply = client.create(json("{}"), Map.of("X-Correlation-ID", "it-4711"));
        assertThat(reply.header("X-Correlation-ID")).hasValue("it-4711");
        assertThat(reply.json().getString("correlation_id")).isEqualTo("it-4711");
        assertThat(scene.server().output()).containsPattern("method=POST path=/register status=400 .*it-4711");
    }

    @Test
    void logsNoCredential() {
        var registered = client.create(metadata().build()).json();
        assertThat(scene.server().output())
                .doesNotContain(registered.getString("client_secret"))
                .doesNotContain(registered.getString("registration_access_token"));
    }
}
