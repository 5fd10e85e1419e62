package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.metadata;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Directory;
import dev.dcr.sandbox.Draft;
import dev.dcr.sandbox.Sandbox;
import jakarta.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes that share a PostgreSQL database and the operator's encryption key, and nothing else. */
class NodesIT {
    private static final String ADMIN_TOKEN = "the-operators-token";
    private static final int QUOTA = 5;

    private static Sandbox sandbox;
    private static Cluster cluster;

    private final RegistrationClient one = cluster.client(0);
    private final RegistrationClient other = cluster.client(1);

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(Scene.AUDIENCE);
        cluster = Cluster.start(configuration(), Map.of("DCR_ADMIN_TOKEN", ADMIN_TOKEN));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        sandbox.close();
    }

    @Test
    void oneReadsWhatTheOtherRegistered() {
        var registered = register();
        var read = other.read(registered.clientId(), registered.registrationAccessToken());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(registered.json());
    }

    @Test
    void oneSeesAtOnceWhatTheOtherChanged() {
        var registered = register();
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        assertThat(other.read(id, token).status()).isEqualTo(200);
        for (var i = 0; i < 3; i++) {
            var updated = one.replace(id, token, named(id, "update " + i));
            assertThat(updated.status()).isEqualTo(200);
            // with each update the token rotates, on both nodes
            assertThat(other.read(id, token).status()).isEqualTo(401);
            token = updated.registrationAccessToken();
            assertThat(other.read(id, token).json().getString("client_name")).isEqualTo("update " + i);
        }
        assertThat(one.delete(id, token).status()).isEqualTo(204);
        assertThat(other.read(id, token).status()).isEqualTo(401);
    }

    @Test
    void theLastUseOfAnInitialAccessTokenIsTheLastOnBothNodes() {
        var token = initialAccessToken(2);
        assertThat(one.create(metadata().build(), bearer(token)).status()).isEqualTo(201);
        assertThat(other.create(metadata().build(), bearer(token)).status()).isEqualTo(201);
        assertThat(one.create(metadata().build(), bearer(token)).status()).isEqualTo(401);
        assertThat(other.create(metadata().build(), bearer(token)).status()).isEqualTo(401);
    }

    @Test
    void ofSimultaneousUsesOfAnInitialAccessTokenOneSucceeds() {
        var token = initialAccessToken(1);
        assertThat(simultaneously(16, client -> client.create(metadata().build(), bearer(token))))
                .containsOnlyOnce(201)
                .containsOnly(201, 401);
    }

    @Test
    void aRequestThatOneTookIsRefusedByTheOther() {
        var request = signedRequest();
        var token = initialAccessToken(2);
        assertThat(send(one, request, token).status()).isEqualTo(201);
        assertThat(send(other, request, token).violatedFields()).containsExactly("jti");
    }

    @Test
    void ofSimultaneousCopiesOneIsTakenByOneNode() {
        var request = signedRequest();
        var token = initialAccessToken(64);
        assertThat(simultaneously(64, client -> send(client, request, token)))
                .containsOnlyOnce(201)
                .containsOnly(201, 400);
    }

    @Test
    void softwareThatRegistersOnBothNodesAtOnceGetsItsQuotaAndNoMore() {
        var token = initialAccessToken(64);
        assertThat(simultaneously(24, client -> send(client, signedRequest("crowded-software"), token)))
                .containsOnly(201, 400)
                .filteredOn(status -> status == 201)
                .hasSize(QUOTA);
    }

    @Test
    void aClientFromBeforeTheQuotaCountsFromItsNextUpdateWhichIsNotRefused() throws SQLException {
        var token = initialAccessToken(QUOTA + 2);
        var first = send(one, signedRequest("grown-software"), token);
        for (var i = 1; i < QUOTA; i++)
            assertThat(send(one, signedRequest("grown-software"), token).status())
                    .isEqualTo(201);
        uncount(first.clientId());
        assertThat(send(other, signedRequest("grown-software"), token).status()).isEqualTo(201);

        var update =
                signed("grown-software").with("client_id", first.clientId()).sign();
        assertThat(one.replace(first.clientId(), first.registrationAccessToken(), update)
                        .status())
                .isEqualTo(200);
        assertThat(numbers("grown-software")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(send(other, signedRequest("grown-software"), token).status()).isEqualTo(400);
    }

    @Test
    void noConditionalUpdateIsLostBetweenNodes() {
        var registered = register();
        var id = registered.clientId();
        var token = new AtomicReference<>(registered.registrationAccessToken());
        var accepted = new AtomicInteger();
        simultaneously(24, client -> {
            var held = token.get();
            var read = client.read(id, held);
            if (read.status() != 200) return read; // rotated meanwhile
            var count = Integer.parseInt(read.json().getString("client_name", "0"));
            var headers = new HashMap<>(bearer(held));
            headers.put("Content-Type", "application/json");
            headers.put("If-Match", read.header("ETag").orElseThrow());
            var update = named(id, "" + (count + 1)).toString().getBytes(UTF_8);
            var reply = client.send("PUT", "/" + id, update, headers);
            if (reply.status() == 200) {
                accepted.incrementAndGet();
                token.set(reply.registrationAccessToken());
            }
            return reply;
        });
        assertThat(accepted).hasPositiveValue();
        assertThat(other.read(id, token.get()).json().getString("client_name")).isEqualTo("" + accepted);
    }

    @Test
    void bothSealTheAuditTrailAndEachEventIsSealedOnce() throws SQLException {
        var token = initialAccessToken(24);
        var verifying = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> verify(i % 2)))
                .toList();
        assertThat(simultaneously(24, client -> client.create(metadata().build(), bearer(token))))
                .containsOnly(201);
        assertThat(verifying)
                .allSatisfy(
                        reply -> assertThat(reply.join().getBoolean("intact")).isTrue());
        var verified = verify(0);
        assertThat(verified.getBoolean("intact")).as("%s", verified).isTrue();
        assertThat(verify(1).getString("anchor")).isEqualTo(verified.getString("anchor"));
        try (var connection = DriverManager.getConnection(cluster.database());
                var rows = connection.createStatement().executeQuery("select count(*) from audit_event")) {
            rows.next();
            assertThat(verified.getInt("events")).isEqualTo(rows.getInt(1));
        }
    }

    private static JsonObject verify(int node) {
        return new RegistrationClient(cluster.node(node).http().resolve("/admin/audit/verification"))
                .create(Scene.json("{}"), bearer(ADMIN_TOKEN))
                .json();
    }

    @Test
    void bothStartedAtTheSameMomentOnAnEmptyDatabase() throws SQLException {
        try (var connection = DriverManager.getConnection(cluster.database());
                var rows = connection
                        .createStatement()
                        .executeQuery("select version, count(*), bool_and(success) from flyway_schema_history"
                                + " group by version order by version")) {
            while (rows.next()) {
                assertThat(rows.getInt(2))
                        .as("runs of migration %s", rows.getString(1))
                        .isOne();
                assertThat(rows.getBoolean(3)).isTrue();
            }
        }
    }

    /** The statuses of so many copies of a call, half of them to each node. */
    private List<Integer> simultaneously(int copies, Function<RegistrationClient, RegistrationReply> call) {
        var callers = Executors.newFixedThreadPool(copies);
        try {
            return IntStream.range(0, copies)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> call.apply(i % 2 == 0 ? one : other).status(), callers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            callers.shutdown();
        }
    }

    private RegistrationReply register() {
        return one.create(metadata().build(), bearer(initialAccessToken(1)));
    }

    /** Made by one node, and good on both. */
    private static String initialAccessToken(int uses) {
        var admin = new RegistrationClient(cluster.node(0).http().resolve("/admin/initial-access-tokens"));
        return admin.create(Scene.json("{'uses': " + uses + "}"), bearer(ADMIN_TOKEN))
                .json()
                .getString("initial_access_token");
    }

    private static JsonObject named(String id, String name) {
        return metadata().add("client_id", id).add("client_name", name).build();
    }

    private static RegistrationReply send(RegistrationClient client, String request, String token) {
        var headers = new HashMap<>(bearer(token));
        headers.put("Content-Type", "application/jwt");
        return client.send("POST", "", request.getBytes(UTF_8), headers);
    }

    private static String configuration() {
        return """
                [dcr]
                public_base_url = "%s"
                [dcr.management]
                rotate_registration_access_token = true
                [dcr.quota]
                clients_per_software = %d
                """.formatted(Scene.AUDIENCE, QUOTA) + Scene.directory(sandbox);
    }

    private static String signedRequest() {
        return signedRequest("nodes-software");
    }

    private static String signedRequest(String id) {
        return signed(id).sign();
    }

    private static Draft signed(String id) {
        var directory = sandbox.directory();
        var software = directory.software(id);
        return directory.request(software, directory.statement(software).sign());
    }

    /** As if the client came from a time, or a node, that counted none. */
    private static void uncount(String clientId) throws SQLException {
        try (var connection = DriverManager.getConnection(cluster.database());
                var change = connection.prepareStatement(
                        "update client set counted_software = null, software_number = null where client_id = ?")) {
            change.setString(1, clientId);
            assertThat(change.executeUpdate()).isOne();
        }
    }

    private static List<Integer> numbers(String software) throws SQLException {
        var numbers = new ArrayList<Integer>();
        try (var connection = DriverManager.getConnection(cluster.database());
                var select = connection.prepareStatement("select software_number from client"
                        + " where counted_software = ? order by software_number")) {
            select.setString(1, Directory.ISSUER + " " + software);
            try (var rows = select.executeQuery()) {
                while (rows.next()) numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }
}
