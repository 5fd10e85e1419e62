package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.SigningKey;
import dev.dcr.sandbox.Software;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Software statements (RFC 7591 §2.3) and requests signed by the software, over HTTP at the shipped server. */
class StatementIT {
    private static Scene scene;
    private final RegistrationClient client = scene.client();
    private final Directory directory = scene.directory();
    private final Software software = directory.software("software-" + UUID.randomUUID());

    @BeforeAll
    static void open() {
        scene = Scene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    @DisplayName("RFC 7591 §3.2.1: the statement comes back unmodified, its metadata at the top level")
    @Tag("RFC7591-3.2.1-statement-members")
    void registersWithAStatement() {
        var statement = statement().sign();
        var reply = client.create(json("{'software_statement': '" + statement + "'}"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().getString("software_statement")).isEqualTo(statement);
        assertThat(reply.json().getString("software_id")).isEqualTo(software.id());
        assertThat(reply.json()).containsKeys("client_name", "redirect_uris", "jwks_uri", "org_id");
    }

    @Test
    @DisplayName("RFC 7591 §3.1.1: what the statement says takes precedence over the request")
    @Tag("RFC7591-3.1.1-precedence")
    void theStatementWins() {
        var request = metadata()
                .add(
                        "software_statement",
                        statement()
                                .with("software_client_name", "From the directory")
                                .sign())
                .add("client_name", "From the client")
                .add("org_id", "evil")
                .add("jwks", json("{'keys': []}"))
                .addNull("redirect_uris")
                .build();
        var registered = client.create(request).json();
        assertThat(registered.getString("client_name")).isEqualTo("From the directory");
        assertThat(registered.getString("org_id")).isNotEqualTo("evil");
        assertThat(registered).doesNotContainKey("jwks");
    }

    @Test
    void refusesARedirectUriThatTheStatementDoesNotName() {
        var request = metadata().add("software_statement", statement().sign()).build();
        var reply = client.create(request);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/jwt", "application/jose"})
    void registersByASignedRequest(String type) {
        var reply = client.send("POST", "", bytes(request().sign()), Map.of("Content-Type", type));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json()).doesNotContainKeys("iss", "aud", "iat", "exp", "jti");
        assertThat(client.read(reply.clientId(), reply.registrationAccessToken())
                        .json())
                .isEqualTo(reply.json());
    }

    @Test
    void replacesByASignedRequest() {
        var registered = client.create(request().sign());
        var update = directory
                .request(software, statement().sign())
                .with("client_id", registered.clientId())
                .with("scope", "openid accounts");
        var replaced = client.replace(registered.clientId(), registered.registrationAccessToken(), update.sign());
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().getString("scope")).isEqualTo("openid accounts");
    }

    @Test
    @DisplayName("an update without a statement stays bound by the stored one")
    @Tag("RFC7592-2.2-statement")
    void bindsAnUpdateByTheStoredStatement() {
        var registered =
                client.create(json("{'software_statement': '" + statement().sign() + "'}"));
        var widened = metadata().add("client_id", registered.clientId()).build();
        var reply = client.replace(registered.clientId(), registered.registrationAccessToken(), widened);
        assertThat(reply.error()).isEqualTo("invalid_redirect_uri");
        var renamed = json("{'client_id': '" + registered.clientId() + "', 'client_name': 'Another'}");
        assertThat(client.replace(registered.clientId(), registered.registrationAccessToken(), renamed)
                        .json())
                .containsEntry("client_name", registered.json().get("client_name"))
                .containsEntry("software_statement", registered.json().get("software_statement"));
    }

    @Test
    @Tag("RFC7592-2.2-statement")
    void refusesTheStatementOfOtherSoftwareInAnUpdate() {
        var registered =
                client.create(json("{'software_statement': '" + statement().sign() + "'}"));
        var other = directory.statement(directory.software("other")).sign();
        var update = json("{'client_id': '" + registered.clientId() + "', 'software_statement': '" + other + "'}");
        assertThat(client.replace(registered.clientId(), registered.registrationAccessToken(), update)
                        .error())
                .isEqualTo("invalid_software_statement");
    }

    @Test
    @DisplayName("RFC 7519 §4.1.7: a jti is good once, also among simultaneous copies")
    void letsOneOfManyCopiesThrough() throws Exception {
        var copy = request().sign();
        var pool = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Integer>> copies = IntStream.range(0, 32)
                    .<Callable<Integer>>mapToObj(i -> () -> client.create(copy).status())
                    .toList();
            var statuses =
                    pool.invokeAll(copies).stream().map(StatementIT::result).collect(Collectors.toList());
            assertThat(statuses).containsOnlyOnce(201);
            assertThat(statuses).filteredOn(status -> status != 201).containsOnly(400);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName("a jti is spent only by a request that was stored")
    void spendsNoJtiOnARefusedRequest() {
        var jti = UUID.randomUUID().toString();
        assertThat(client.create(request()
                                .with("jti", jti)
                                .with("response_types", List.of("nonsense"))
                                .sign())
                        .status())
                .isEqualTo(400);
        assertThat(client.create(request().with("jti", jti).sign()).status()).isEqualTo(201);
    }

    @Test
    void refusesAReplayedRequest() {
        var once = request().sign();
        assertThat(client.create(once).status()).isEqualTo(201);
        var again = client.create(once);
        assertThat(again.error()).isEqualTo("invalid_client_metadata");
        assertThat(again.violatedFields()).containsExactly("jti");
    }

    @Test
    @DisplayName("forged statements: none, HS256 under the public key, stranger's key, unknown kid, issuer, time")
    void refusesForgedStatements() {
        var stranger = SigningKey.generate(JWSAlgorithm.PS256);
        var forged = Map.of(
                "none", statement().unsigned(),
                "HS256", statement().signedWithPublicKey(),
                "stranger", statement().by(stranger).sign(),
                "same kid", statement().signedOnlyBy(stranger).sign(),
                "kid", statement().kid("no-such-key").sign(),
                "tampered", statement().tampered("org_id", "evil"),
                "issuer", statement().with("iss", "Evil Ltd").sign(),
                "expired", statement().expired().sign(),
                "not yet", statement().notYetValid().sign(),
                "RS256", directory.statement(software, JWSAlgorithm.RS256).sign());
        forged.forEach((name, statement) -> {
            var reply = client.create(json("{'software_statement': '" + statement + "'}"));
            assertThat(reply.status()).as(name).isEqualTo(400);
            assertThat(reply.error()).as(name).isEqualTo("invalid_software_statement");
        });
    }

    @Test
    void refusesRequestsThatItCannotVerify() {
        var stranger = SigningKey.generate(JWSAlgorithm.PS256);
        var bad = Map.of(
                "not a jwt", "nonsense",
                "none", request().unsigned(),
                "HS256", request().signedWithPublicKey(),
                "stranger", request().signedOnlyBy(stranger).sign(),
                "tampered", request().tampered("scope", "everything"));
        bad.forEach((name, request) -> {
            var reply = client.create(request);
            assertThat(reply.status()).as(name).isEqualTo(400);
            assertThat(reply.error()).as(name).isEqualTo("invalid_request");
        });
    }

    @Test
    void refusesRequestsWithWrongClaims() {
        var bad = Map.of(
                "iss", request().with("iss", "someone else"),
                "aud", request().with("aud", "https://another.example"),
                "exp", request().expired(),
                "jti", request().without("jti"));
        bad.forEach((claim, request) -> {
            var reply = client.create(request.sign());
            assertThat(reply.status()).as(claim).isEqualTo(400);
            assertThat(reply.error()).as(claim).isEqualTo("invalid_client_metadata");
            assertThat(reply.violatedFields()).as(claim).contains(claim);
        });
    }

    @Test
    void followsAKeyRotation() {
        assertThat(client.create(request().sign()).status()).isEqualTo(201);
        directory.keys().rotate();
        assertThat(client.create(request().sign()).status()).isEqualTo(201);
    }

    @Test
    void servesKnownKeysThroughAnOutageOfTheDirectory() {
        assertThat(client.create(request().sign()).status()).isEqualTo(201);
        directory.fail(Duration.ofMinutes(1));
        try {
            assertThat(client.create(request().sign()).status()).isEqualTo(201);
        } finally {
            directory.recover();
        }
    }

    private Draft statement() {
        return directory.statement(software);
    }

    private Draft request() {
        return directory.request(software, statement().sign());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static Integer result(java.util.concurrent.Future<Integer> future) {
        try {
            return future.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
