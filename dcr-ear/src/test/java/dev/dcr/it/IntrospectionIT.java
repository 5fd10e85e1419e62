package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Managing by access tokens about which the authorization server is asked (RFC 7662). */
class IntrospectionIT {
    private static final AuthorizationServer AUTHORIZATION = AuthorizationServer.start();

    private static Scene scene;
    private final RegistrationClient client = scene.client();

    @BeforeAll
    static void open() {
        scene = Scene.configured(
                sandbox -> Scene.openRegistration() + """
                [dcr.management]
                access = "access_token"
                [dcr.access_token]
                introspection_endpoint = "%s"
                client_id = "dcr:1"
                client_secret = "s/1"
                management_scope = "dcr:manage"
                """.formatted(AUTHORIZATION.introspectionEndpoint()));
    }

    @AfterAll
    static void close() {
        scene.close();
        AUTHORIZATION.close();
    }

    @Test
    void managesAClientByItsAccessToken() {
        var registered = client.create(metadata().build());
        var token = token(registered.clientId(), "'active': true");
        assertThat(client.read(registered.clientId(), token).json()).isEqualTo(registered.json());
        // RFC 6749 §2.3.1: both parts form-encoded, dcr%3A1:s%2F1
        assertThat(AUTHORIZATION.askedAs()).contains("Basic ZGNyJTNBMTpzJTJGMQ==");
        assertThat(client.delete(registered.clientId(), token).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'active': false", "'active': 'true'", "'token_type': 'Bearer'", "'active': true, 'exp': 1"})
    void refusesATokenThatIsNotGoodAnyMore(String about) {
        var id = client.create(metadata().build()).clientId();
        assertThat(client.read(id, token(id, about)).status()).isEqualTo(401);
    }

    @Test
    void refusesATokenThatNobodyKnows() {
        var id = client.create(metadata().build()).clientId();
        assertThat(client.read(id, "no-such-token").error()).isEqualTo("invalid_token");
    }

    @Test
    void answers503WhereTheAuthorizationServerFails() {
        var id = client.create(metadata().build()).clientId();
        var reply = client.read(id, AuthorizationServer.TROUBLESOME);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.error()).isEqualTo("temporarily_unavailable");
        assertThat(reply.header("Retry-After")).isPresent();
    }

    @Test
    void bindsATokenToItsClientAndScope() {
        var mine = client.create(metadata().build()).clientId();
        var theirs = client.create(metadata().build()).clientId();
        assertThat(client.read(mine, token(theirs, "'active': true")).error()).isEqualTo("access_denied");
        var other = "other-scope-" + mine;
        AUTHORIZATION.knows(other, json("{'active': true, 'client_id': '" + mine + "', 'scope': 'openid'}"));
        assertThat(client.read(mine, other).error()).isEqualTo("insufficient_scope");
    }

    /** A new token of a client, with what introspection tells of it beside client and scope. */
    private static String token(String clientId, String about) {
        var token = "opaque-" + clientId + "-" + Instant.now().toEpochMilli();
        AUTHORIZATION.knows(
                token, json("{'client_id': '" + clientId + "', 'scope': 'openid dcr:manage'," + about + "}"));
        return token;
    }
}
