package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.dcr.it.RegistrationClient;
import dev.dcr.it.RegistrationReply;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox itself, over HTTP. */
class SandboxTest {
    private static final Map<String, String> BASIC =
            Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString("dcr:sandbox".getBytes(UTF_8)));

    private final Sandbox sandbox = Sandbox.start("https://dcr.bank.example");
    private final RegistrationClient http =
            new RegistrationClient(sandbox.server().url());

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void listsWhatThereIs() {
        assertThat(get("/").body()).contains("/directory/requests", "/extension/token");
    }

    @Test
    void answersAnUnknownPathWith404AndAWrongMethodWith405() {
        assertThat(get("/nowhere").status()).isEqualTo(404);
        assertThat(get("/directory/statements").status()).isEqualTo(405);
    }

    @Test
    void refusesABodyOverOneMebibyte() {
        assertThat(post("/directory/statements", " ".repeat(1024 * 1024 + 1)).status())
                .isEqualTo(413);
    }

    @Test
    void answersABodyThatIsNoJsonWith400() {
        assertThat(post("/directory/statements", "{").status()).isEqualTo(400);
        assertThat(post("/directory/requests", "{\"claims\": 1}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "ES256", "RS256"})
    void signsStatementsWithAPublishedKey(String algorithm) throws Exception {
        var reply = post("/directory/statements?alg=" + algorithm, "").json();
        var statement = JWSObject.parse(reply.getString("software_statement"));
        assertThat(statement.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
        assertThat(verifies(statement, get("/directory/jwks").body())).isTrue();
        assertThat(Json.object(statement.getPayload().toBytes())).isEqualTo(reply.getJsonObject("claims"));
    }

    @Test
    void publishesNoPrivateKey() {
        post("/directory/requests", "{}");
        assertThat(get("/directory/jwks").body()).contains("\"kid\"").doesNotContain("\"d\"");
        assertThat(get("/directory/software/" + Directory.DEFAULT_SOFTWARE + "/jwks")
                        .body())
                .contains("\"kid\"")
                .doesNotContain("\"d\"");
    }

    @Test
    void addsReplacesAndRemovesClaimsOfAStatement() {
        var claims = post("/directory/statements", "{\"org_id\": \"X\", \"software_tos_uri\": null, \"extra\": [1]}")
                .json()
                .getJsonObject("claims");
        assertThat(claims.getString("org_id")).isEqualTo("X");
        assertThat(claims.getJsonArray("extra")).hasSize(1);
        assertThat(claims).doesNotContainKey("software_tos_uri").containsKey("software_client_name");
    }

    @Test
    void signsRequestsWithTheKeyThatTheStatementNames() throws Exception {
        var reply = post(
                "/directory/requests",
                "{\"claims\": {\"scope\": \"openid\"}, \"statement\": {\"software_id\": \"abc\"}}");
        assertThat(reply.header("Content-Type")).contains("application/jwt");
        var request = JWSObject.parse(reply.body());
        var claims = Json.object(request.getPayload().toBytes());
        assertThat(claims.getString("scope")).isEqualTo("openid");
        assertThat(claims.getString("iss")).isEqualTo("abc");
        assertThat(claims.getString("aud")).isEqualTo("https://dcr.bank.example");
        var statement = payload(claims.getString("software_statement"));
        assertThat(statement.getString("software_jwks_endpoint"))
                .isEqualTo(sandbox.server().url("/directory/software/abc/jwks").toString());
        assertThat(verifies(request, get("/directory/software/abc/jwks").body()))
                .isTrue();
    }

    @Test
    void neverRepeatsAJti() {
        assertThat(payload(post("/directory/requests", "").body()).getString("jti"))
                .isNotEqualTo(payload(post("/directory/requests", "").body()).getString("jti"));
    }

    @Test
    void addressesARequestToTheAudienceAskedFor() {
        var request = post("/directory/requests", "{\"audience\": \"https://other.example\"}");
        assertThat(payload(request.body()).getString("aud")).isEqualTo("https://other.example");
    }

    @Test
    void publishesNothingButTheNewKeyAfterARotation() {
        var before = sandbox.directory().statement(software()).key();
        post("/directory/rotate", "");
        var after = sandbox.directory().statement(software()).key();
        assertThat(get("/directory/jwks").body()).contains(after.id()).doesNotContain(before.id());
    }

    @Test
    void withholdsKeysDuringAnOutageAndCountsEveryFetch() {
        post("/directory/outage?seconds=600", "");
        assertThat(get("/directory/jwks").status()).isEqualTo(503);
        assertThat(get("/directory/statistics").json().getBoolean("outage")).isTrue();
        post("/directory/outage?seconds=0", "");
        assertThat(get("/directory/jwks").status()).isEqualTo(200);
        assertThat(get("/directory/statistics").json().getInt("jwks_fetches")).isEqualTo(2);
    }

    @Test
    void forgesJwtsThatNoPublishedKeyVerifies() throws Exception {
        var draft = sandbox.directory().statement(software());
        var stranger = SigningKey.generate(draft.key().algorithm());
        var jwks = get("/directory/jwks").body();
        assertThat(verifies(JWSObject.parse(draft.signedOnlyBy(stranger).sign()), jwks))
                .isFalse();
        assertThat(verifies(JWSObject.parse(draft.tampered("org_id", "X")), jwks))
                .isFalse();
        assertThat(JWSObject.parse(draft.signedWithPublicKey())
                        .getHeader()
                        .getAlgorithm()
                        .getName())
                .isEqualTo("HS256");
        assertThat(draft.unsigned()).endsWith(".");
        assertThat(draft.by(stranger).header()).containsEntry("kid", stranger.id());
    }

    @Test
    void opensTheExtensionToItsCredentialsOnly() {
        assertThat(ask(Point.CREATION, "{}", Map.of()).status()).isEqualTo(401);
        assertThat(ask(Point.CREATION, "{}", RegistrationClient.bearer("guess")).status())
                .isEqualTo(401);
        assertThat(ask(Point.CREATION, "{}", BASIC).status()).isEqualTo(200);
        assertThat(ask(Point.CREATION, "{}", RegistrationClient.bearer(ExtensionService.FIXED_TOKEN))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void issuesTokensForClientCredentialsUntilTheyAreRevoked() {
        var token = RegistrationClient.bearer(newToken());
        assertThat(ask(Point.UPDATE, "{}", token).status()).isEqualTo(200);
        post("/extension/revoke", "");
        assertThat(ask(Point.UPDATE, "{}", token).status()).isEqualTo(401);
    }

    @Test
    void refusesATokenPastItsLifetime() {
        sandbox.extension().tokenLifetime(Duration.ZERO);
        assertThat(ask(Point.UPDATE, "{}", RegistrationClient.bearer(newToken()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void issuesNoTokenForOtherCredentials() {
        assertThat(ask(Point.TOKEN, "grant_type=client_credentials&client_id=dcr&client_secret=no", Map.of())
                        .error())
                .isEqualTo("invalid_client");
    }

    @Test
    void addsAMemberAtEachPoint() {
        var request = "{\"requestId\": \"r-1\", \"data\": {\"clientData\": {\"client_name\": \"App\"}}}";
        var creation = ask(Point.CREATION, request, BASIC).json();
        assertThat(creation.getString("responseId")).isEqualTo("r-1");
        assertThat(creation.getString("status")).isEqualTo("SUCCESS");
        assertThat(added(creation).getString("risk_class")).isEqualTo("standard");
        assertThat(added(ask(Point.UPDATE, request, BASIC).json())).containsKey("last_reviewed_at");
        assertThat(added(ask(Point.RETRIEVAL, request, BASIC).json())).containsKey("support_contact");
    }

    @Test
    void refusesAForbiddenClientByTheContract() {
        var refusal = ask(
                        Point.CREATION,
                        "{\"requestId\": \"r\", \"data\": {\"clientData\": {\"client_name\": \"A Forbidden app\"}}}",
                        BASIC)
                .json();
        assertThat(refusal.getString("status")).isEqualTo("ERROR");
        assertThat(refusal.getInt("errorCode")).isEqualTo(400);
        assertThat(refusal.getJsonObject("data").getString("error")).isEqualTo("invalid_client_metadata");
        assertThat(refusal.getJsonObject("data").getString("errorDescription")).contains("forbidden");
    }

    @Test
    void recordsExactBytesButShowsNoCredentialsOverHttp() {
        ask(Point.CREATION, "{ \"requestId\":\"ä\"}", BASIC);
        var received = sandbox.extension().requests(Point.CREATION).get(0);
        assertThat(received.body()).isEqualTo("{ \"requestId\":\"ä\"}".getBytes(UTF_8));
        assertThat(received.header("authorization")).contains(BASIC.get("Authorization"));
        assertThat(get("/extension/requests").body()).contains("Basic ...", "requestId");
        assertThat(get("/extension/requests").body()).doesNotContain(BASIC.get("Authorization"));
    }

    @Test
    void givesScriptedAnswersOnceThenForGoodThenItsOwn() {
        var extension = sandbox.extension();
        extension.always(Point.CREATION, Answer.of(Reply.empty(500)));
        extension.next(Point.CREATION, Answer.wrongResponseId(Map.of()), Answer.success());
        assertThat(ask(Point.CREATION, "{\"requestId\": \"r\"}", BASIC).json().getString("responseId"))
                .isEqualTo("not-r");
        assertThat(ask(Point.CREATION, "{}", BASIC).json()).doesNotContainKey("data");
        assertThat(ask(Point.CREATION, "{}", BASIC).status()).isEqualTo(500);
        extension.reset();
        assertThat(ask(Point.CREATION, "{}", BASIC).status()).isEqualTo(200);
        assertThat(extension.calls(Point.CREATION)).isEqualTo(1);
    }

    @Test
    void breaksConnectionsWhenScriptedTo() {
        for (var broken : List.of(Reply.drop(), Reply.truncated(100, new byte[] {'{'}))) {
            sandbox.extension().next(Point.CREATION, Answer.of(broken), Answer.of(broken));
            assertThatThrownBy(() -> ask(Point.CREATION, "{}", BASIC)).isInstanceOf(UncheckedIOException.class);
            sandbox.extension().reset();
        }
    }

    @Test
    void endsAHangingReplyWhenClosed() {
        sandbox.extension().always(Point.CREATION, Answer.of(Reply.hang()));
        var hanging = CompletableFuture.supplyAsync(() -> ask(Point.CREATION, "{}", BASIC));
        await().until(() -> sandbox.extension().calls(Point.CREATION) == 1);
        sandbox.close();
        assertThat(hanging).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void dripsABodyByteByByte() {
        var body = "{\"status\":\"SUCCESS\"}".getBytes(UTF_8);
        sandbox.extension().next(Point.CREATION, Answer.of(Reply.drip(body, Duration.ofMillis(1))));
        assertThat(ask(Point.CREATION, "{}", BASIC).body()).isEqualTo("{\"status\":\"SUCCESS\"}");
    }

    @Test
    void countsConnectionsApartFromCalls() {
        for (var i = 0; i < 5; i++) ask(Point.CREATION, "{}", BASIC);
        assertThat(sandbox.extension().calls(Point.CREATION)).isEqualTo(5);
        assertThat(sandbox.extension().connections(Point.CREATION)).isEqualTo(1);
    }

    @Test
    void freesItsPortWhenClosed() throws Exception {
        var port = sandbox.server().url().getPort();
        sandbox.close();
        try (var again = Sandbox.start(Options.parse("--port", String.valueOf(port)))) {
            assertThat(again.server().url().getPort()).isEqualTo(port);
        }
    }

    private Software software() {
        return sandbox.directory().software(Directory.DEFAULT_SOFTWARE);
    }

    private String newToken() {
        var form = "grant_type=client_credentials&client_id=dcr&client_secret=sandbox";
        return ask(Point.TOKEN, form, Map.of()).json().getString("access_token");
    }

    private RegistrationReply get(String path) {
        return http.send("GET", path, new byte[0], Map.of());
    }

    private RegistrationReply post(String path, String body) {
        return http.send("POST", path, body.getBytes(UTF_8), Map.of());
    }

    private RegistrationReply ask(Point point, String body, Map<String, String> headers) {
        return http.send("POST", "/extension/" + point.path(), body.getBytes(UTF_8), headers);
    }

    private static JsonObject added(JsonObject answer) {
        return answer.getJsonObject("data").getJsonObject("clientData");
    }

    private static JsonObject payload(String jwt) {
        return Json.object(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    }

    private static boolean verifies(JWSObject jws, String jwks) throws Exception {
        var key = JWKSet.parse(jwks).getKeyByKeyId(jws.getHeader().getKeyID());
        var verifier =
                new DefaultJWSVerifierFactory().createJWSVerifier(jws.getHeader(), ((AsymmetricJWK) key).toPublicKey());
        return jws.verify(verifier);
    }
}
