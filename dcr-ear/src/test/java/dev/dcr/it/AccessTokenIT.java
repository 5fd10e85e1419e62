package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Registering by software statements alone, and managing by access tokens of an authorization server (RFC 9068). */
class AccessTokenIT {
    private static final AuthorizationServer AUTHORIZATION = AuthorizationServer.start();

    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.configured(sandbox ->
                """
                [dcr.registration]
                access = "software_statement"
                [dcr.management]
                access = "access_token"
                [dcr.access_token]
                issuer = "%s"
                jwks_uri = "%s"
                audience = "%s"
                management_scope = "dcr:manage"
                """.formatted(AuthorizationServer.ISSUER, AUTHORIZATION.jwksUri(), AuthorizationServer.AUDIENCE)
                        + Scene.directory(sandbox));
    }

    @AfterAll
    static void close() {
        scene.close();
        AUTHORIZATION.close();
    }

    @Test
    @Tag("RFC7591-3-statement")
    void registersNobodyWithoutAStatement() {
        var reply = client.create(metadata().build());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("invalid_software_statement");
        assertThat(reply.violatedFields()).containsExactly("software_statement");
    }

    @Test
    void issuesNoTokenThatWouldBeOfNoUse() {
        assertThat(register().json()).doesNotContainKeys("registration_access_token", "registration_client_uri");
    }

    @Test
    void managesAClientByItsAccessToken() {
        var registered = register();
        var id = registered.clientId();
        var token = AUTHORIZATION.token(id);
        assertThat(client.read(id, token).json()).isEqualTo(registered.json());
        var renamed = client.replace(id, token, json("{'client_id': '" + id + "', 'scope': 'openid accounts'}"));
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().getString("scope")).isEqualTo("openid accounts");
        assertThat(client.delete(id, token).status()).isEqualTo(204);
        assertThat(client.read(id, token).status()).isEqualTo(401);
    }

    @Test
    void takesOneOfSeveralAudiences() {
        var id = register().clientId();
        var token = AUTHORIZATION.token(
                id, claims -> claims.audience(List.of("https://api.example", AuthorizationServer.AUDIENCE)));
        assertThat(client.read(id, token).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a good token of another client is not for this one")
    void bindsATokenToItsClient() {
        var mine = register().clientId();
        var theirs = register().clientId();
        var reply = client.read(mine, AUTHORIZATION.token(theirs));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("access_denied");
    }

    @Test
    @DisplayName("RFC 6750 §3.1: a token without the scope")
    void asksForTheScope() {
        var id = register().clientId();
        var reply = client.read(id, AUTHORIZATION.token(id, claims -> claims.claim("scope", "openid dcr:manager")));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("insufficient_scope");
        assertThat(reply.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("error=\"insufficient_scope\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    @DisplayName("RFC 9068 §4: tokens that are not good here")
    void refusesABadToken(String name, Bad bad) {
        var id = register().clientId();
        var reply = client.read(id, bad.tokenFor(id));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.error()).isEqualTo("invalid_token");
    }

    static Stream<Arguments> badTokens() {
        var past = Date.from(Instant.now().minus(Duration.ofMinutes(10)));
        var future = Date.from(Instant.now().plus(Duration.ofMinutes(10)));
        return Stream.of(
                bad("typ JWT", id -> AUTHORIZATION.tokenOfType("JWT", id)),
                bad("forged", AUTHORIZATION::forgedToken),
                bad("no JWT", id -> "opaque-" + id),
                bad("expired", id -> AUTHORIZATION.token(id, claims -> claims.expirationTime(past))),
                bad("never expiring", id -> AUTHORIZATION.token(id, claims -> claims.expirationTime(null))),
                bad("not yet valid", id -> AUTHORIZATION.token(id, claims -> claims.notBeforeTime(future))),
                bad("wrong aud", id -> AUTHORIZATION.token(id, claims -> claims.audience("https://api.example"))),
                bad("no aud", id -> AUTHORIZATION.token(id, claims -> claims.audience((String) null))),
                bad("wrong iss", id -> AUTHORIZATION.token(id, claims -> claims.issuer("https://evil.example"))),
                bad("no client_id", id -> AUTHORIZATION.token(id, claims -> claims.claim("client_id", null))),
                bad(
                        "bound to a key",
                        id -> AUTHORIZATION.token(id, claims -> claims.claim("cnf", Map.of("jkt", "x")))));
    }

    @Test
    @DisplayName("a client that is gone cannot be told from a bad token")
    void tellsNotWhetherAClientExists() {
        assertThat(client.read("no-such-client", AUTHORIZATION.token("no-such-client"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void keepsTheAdministrativeEndpointClosedWithoutAnAdministrativeToken() {
        var admin = new RegistrationClient(scene.server().http().resolve("/admin/initial-access-tokens"));
        assertThat(admin.create(json("{}"), bearer("anything")).status()).isEqualTo(404);
        assertThat(admin.create(json("{}")).status()).isEqualTo(404);
    }

    /** A token for a client, with something wrong about it. */
    interface Bad {
        String tokenFor(String clientId);
    }

    private static Arguments bad(String name, Bad token) {
        return Arguments.of(name, token);
    }

    private RegistrationReply register() {
        var directory = scene.directory();
        var statement = directory.statement(directory.software("access-software"));
        return client.create(json("{'software_statement': '" + statement.sign() + "',"
                + "'token_endpoint_auth_method': 'private_key_jwt'}"));
    }
}
