package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes, of which one believes that it is ten minutes later than it is. */
class ClockSkewIT {
    private static final String ADMIN_TOKEN = "the-operators-token";
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMinutes(5);

    private static Sandbox sandbox;
    private static Cluster cluster;

    private final RegistrationClient right = cluster.client(0);
    private final RegistrationClient ahead = cluster.client(1);

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(Scene.AUDIENCE);
        var right = Map.of("DCR_ADMIN_TOKEN", ADMIN_TOKEN);
        var ahead = Map.of("DCR_ADMIN_TOKEN", ADMIN_TOKEN, "JAVA_TOOL_OPTIONS", ShiftedTime.by(AHEAD));
        cluster = Cluster.start(
                """
                [dcr]
                public_base_url = "%s"
                [dcr.client_secret]
                lifetime = %d
                """.formatted(Scene.AUDIENCE, SHORT.toSeconds()) + Scene.directory(sandbox),
                node -> node == 0 ? right : ahead);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        sandbox.close();
    }

    @Test
    void aRequestThatOneTookIsRefusedByTheOtherWhicheverComesFirst() {
        var request = request().with("exp", in(AHEAD.multipliedBy(2))).sign();
        assertThat(send(right, request).status()).isEqualTo(201);
        assertThat(send(ahead, request).violatedFields()).containsExactly("jti");

        var another = request().with("exp", in(AHEAD.multipliedBy(2))).sign();
        assertThat(send(ahead, another).status()).isEqualTo(201);
        assertThat(send(right, another).violatedFields()).containsExactly("jti");
    }

    @Test
    void whatHasExpiredForOneStaysGoodForTheOther() {
        var request = request().with("exp", in(SHORT)).sign();
        assertThat(send(ahead, request).violatedFields()).containsExactly("exp");
        assertThat(send(right, request).status()).isEqualTo(201);
    }

    @Test
    void whatIsOfTheFutureForOneIsOfThePresentForTheOther() {
        var request = request()
                .with("iat", in(AHEAD))
                .with("exp", in(AHEAD.plus(SHORT)))
                .sign();
        assertThat(send(right, request).violatedFields()).containsExactly("iat");
        assertThat(send(ahead, request).status()).isEqualTo(201);

        var software = sandbox.directory().software("clock-skew");
        var early =
                sandbox.directory().statement(software).with("iat", in(AHEAD)).sign();
        var statement = Scene.json("{'software_statement': '" + early + "'}");
        assertThat(right.create(statement, bearer(token(0))).error()).isEqualTo("invalid_software_statement");
        assertThat(ahead.create(statement, bearer(token(0))).status()).isEqualTo(201);
    }

    @Test
    void anInitialAccessTokenEndsByTheClockOfTheNodeThatIsAsked() {
        var ofTheRight = token(0, SHORT);
        assertThat(ahead.create(metadata().build(), bearer(ofTheRight)).status())
                .isEqualTo(401);
        assertThat(right.create(metadata().build(), bearer(ofTheRight)).status())
                .isEqualTo(201);
        var ofTheOneAhead = token(1, SHORT);
        assertThat(right.create(metadata().build(), bearer(ofTheOneAhead)).status())
                .isEqualTo(201);
    }

    @Test
    void aSecretHasOneExpiryOnAllNodes() {
        var registered = ahead.create(metadata().build(), bearer(token(0)));
        var expiry = registered.json().getInt("client_secret_expires_at");
        assertThat(expiry - Instant.now().getEpochSecond())
                .isCloseTo(AHEAD.plus(SHORT).toSeconds(), within(120L));
        var read = right.read(registered.clientId(), registered.registrationAccessToken());
        assertThat(read.json()).isEqualTo(registered.json());
    }

    private static long in(Duration fromNow) {
        return Instant.now().plus(fromNow).getEpochSecond();
    }

    private static Draft request() {
        var directory = sandbox.directory();
        var software = directory.software("clock-skew");
        return directory.request(software, directory.statement(software).sign());
    }

    private static RegistrationReply send(RegistrationClient client, String request) {
        var headers = new HashMap<>(bearer(token(0)));
        headers.put("Content-Type", "application/jwt");
        return client.send("POST", "", request.getBytes(UTF_8), headers);
    }

    /** A token that is good on both nodes. */
    private static String token(int node) {
        return token(node, AHEAD.multipliedBy(2));
    }

    private static String token(int node, Duration lifetime) {
        var admin = new RegistrationClient(cluster.node(node).http().resolve("/admin/initial-access-tokens"));
        var asked = Scene.json("{'uses': 2, 'expires_in': " + lifetime.toSeconds() + "}");
        return admin.create(asked, bearer(ADMIN_TOKEN)).json().getString("initial_access_token");
    }
}
