package dev.dcr.it;

import static dev.dcr.it.RegistrationClient.bearer;
import static dev.dcr.it.Scene.json;
import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The audit trail as its auditor finds it, and as somebody leaves it who may write to the database. What a test takes from
 * the trail it puts back, so that the chain holds again.
 */
class AuditIT {
    private static final String ADMIN_TOKEN = "the-operators-token";
    private static final String INSERT = "insert into audit_event"
            + " (%s occurred_at, correlation_id, source_address, actor, action, client_id) %s"
            + " values (%s current_timestamp, 'by-hand', '127.0.0.1', 'anyone', 'create', 'by-hand')";

    private static final Pattern ANCHOR = Pattern.compile("the audit trail is sealed; its anchor is (\\S+)");

    private static ServerProcess server;
    private static String address;

    private final RegistrationClient client =
            new RegistrationClient(server.http().resolve("/register"));
    private final RegistrationClient admin =
            new RegistrationClient(server.http().resolve("/admin"));
    private Connection database;

    @BeforeAll
    static void start() {
        var setup = ServerProcess.configured(Scene.openRegistration()).environment("DCR_ADMIN_TOKEN", ADMIN_TOKEN);
        if (Postgres.IS_ASKED_FOR) {
            address = Postgres.newDatabase();
            server = setup.environment("DCR_DATABASE_URL", address).start();
        } else {
            // several processes may open the file
            var options = ";AUTO_SERVER=TRUE;DB_CLOSE_ON_EXIT=TRUE";
            server = setup.environment("DCR_DATABASE_URL", "jdbc:h2:file:./data/dcr" + options)
                    .start();
            address = "jdbc:h2:file:" + server.directory().resolve("data/dcr").toAbsolutePath() + options;
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        database = connection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        database.close();
    }

    @Test
    void tellsWhoDidWhatToAClientFromWhereAndWithWhatOutcome() {
        var headers = new HashMap<>(Map.of("X-Correlation-ID", "audited-create"));
        var registered = client.create(metadata().add("client_name", "Audited").build(), headers);
        var id = registered.clientId();
        var token = registered.registrationAccessToken();
        client.replace(
                id,
                token,
                metadata().add("client_id", id).add("client_name", "Renamed").build());
        client.delete(id, token);

        var events = export("?client_id=" + id);
        assertThat(events).extracting(event -> event.getString("action")).containsExactly("create", "update", "delete");
        assertThat(events).extracting(event -> event.getString("actor")).containsExactly("anyone", "client", "client");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getString("outcome")).isEqualTo("success");
            assertThat(event.getString("source_address")).isEqualTo("127.0.0.1");
            assertThat(event.getString("client_id")).isEqualTo(id);
        });
        assertThat(events.get(0).getString("correlation_id")).isEqualTo("audited-create");
        assertThat(events.get(0)).doesNotContainKey("before");
        assertThat(name(events.get(1), "before")).isEqualTo("Audited");
        assertThat(name(events.get(1), "after")).isEqualTo("Renamed");
        assertThat(events.get(2)).doesNotContainKey("after");
        assertThat(events.toString()).doesNotContain(token, registered.json().getString("client_secret"));
    }

    @Test
    void tellsOfTokensThatTheOperatorMakesAndNotTheTokens() {
        var issued = new RegistrationClient(server.http().resolve("/admin/initial-access-tokens"))
                .create(json("{'uses': 3}"), bearer(ADMIN_TOKEN));
        var events = export("");
        assertThat(events).anySatisfy(event -> {
            assertThat(event.getString("action")).isEqualTo("issue_token");
            assertThat(event.getString("actor")).isEqualTo("admin");
            assertThat(event.getString("correlation_id"))
                    .isEqualTo(issued.header("X-Correlation-ID").orElseThrow());
            assertThat(event.getJsonObject("after").getInt("uses")).isEqualTo(3);
        });
        assertThat(events.toString()).doesNotContain(issued.json().getString("initial_access_token"), ADMIN_TOKEN);
    }

    @Test
    void exportsWhatHappenedBetweenTwoMoments() {
        var before = Instant.now();
        var registered = client.create(metadata().build());
        var after = Instant.now().plusMillis(1);
        client.create(metadata().build());

        assertThat(export("?from=" + before + "&to=" + after))
                .extracting(event -> event.getString("client_id"))
                .containsExactly(registered.clientId());
        assertThat(export("?from=" + after.plusSeconds(3600))).isEmpty();
        assertThat(export("?to=2020-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void exportsPageAfterPage() {
        IntStream.range(0, 250).parallel().forEach(i -> client.create(metadata().build()));
        var all = export("");
        assertThat(all).hasSizeGreaterThanOrEqualTo(250);
        assertThat(all).extracting(AuditIT::number).isSorted().doesNotHaveDuplicates();
        var half = number(all.get(all.size() / 2));
        assertThat(export("?after=" + half))
                .extracting(AuditIT::number)
                .containsExactlyElementsOf(all.stream()
                        .map(AuditIT::number)
                        .filter(id -> id > half)
                        .toList());
        assertIntact();
    }

    @Test
    void findsAnEventThatWasChanged() throws SQLException {
        var event = register();
        assertIntact();
        execute("update audit_event set actor = 'nobody' where id = " + event);
        assertFound(event, "the event was changed");
        execute("update audit_event set actor = 'anyone' where id = " + event);
        assertIntact();
    }

    @Test
    void findsMetadataThatWasChanged() throws SQLException {
        var event = register();
        assertIntact();
        execute("create table kept as select id, metadata_after from audit_event where id = " + event);
        execute("update audit_event set metadata_after = null where id = " + event);
        assertFound(event, "the event was changed");
        execute("update audit_event set metadata_after = (select metadata_after from kept) where id = " + event);
        execute("drop table kept");
        assertIntact();
    }

    @Test
    void findsAnEventThatWasRemoved() throws SQLException {
        var event = register();
        assertIntact();
        take("audit_event", "id = " + event);
        assertFound(event, "the event was removed");
        putBack("audit_event");
        assertIntact();
    }

    @Test
    void findsAnEventThatWasPutInAmongSealedOnes() throws SQLException {
        register();
        assertIntact();
        execute(INSERT.formatted("id,", "overriding system value", "-7,"));
        assertFound(-7, "the event is under no seal: it was put in afterwards");
        execute("delete from audit_event where id = -7");
        assertIntact();
    }

    @Test
    void findsASealThatWasRemoved() throws SQLException {
        var seal = seal(register());
        seal(register());
        take("audit_seal", "number = " + seal);
        assertThat(problems(verify("{}"))).contains("seal " + seal + " was removed");
        putBack("audit_seal");
        assertIntact();
    }

    @Test
    void findsSealsThatChangedPlaces() throws SQLException {
        var one = seal(register());
        var other = seal(register());
        swap(one, other);
        assertThat(problems(verify("{}"))).contains("seal " + one + " was changed", "seal " + other + " was changed");
        swap(one, other);
        assertIntact();
    }

    /** The order of things matters: the mark came after what it was to hide. */
    @Test
    void aMarkOfPruningHidesNothing() throws SQLException {
        seal(register());
        var events = registerTogether();
        var seal = seal(events.get(0));
        register();
        var anchor = verify("{}").getString("anchor");
        take("audit_event", "id = " + events.get(1));
        execute("update audit_event set actor = 'nobody' where id = " + events.get(0));
        assertThat(verify("{'anchor': '" + anchor + "'}").getInt("problems")).isEqualTo(2);

        execute("update audit_seal set pruned_at = current_timestamp where number = " + seal);
        var marked = verify("{'anchor': '" + anchor + "'}");
        assertThat(marked.getBoolean("intact")).isFalse();
        assertThat(marked.getJsonArray("findings").getValuesAs(JsonObject.class))
                .extracting(finding -> finding.getString("problem"))
                .containsExactly(
                        "is marked as pruned, although the chain does not begin with it",
                        "the event was removed",
                        "the event was changed");

        execute("update audit_seal set pruned_at = null where number = " + seal);
        execute("update audit_event set actor = 'anyone' where id = " + events.get(0));
        putBack("audit_event");
        assertIntact();
    }

    @Test
    void findsByAnAnchorThatTheEndWasCutOff() throws SQLException {
        var event = register();
        var anchor = verify("{}").getString("anchor");
        var seal = numberOf(anchor);
        assertThat(verify("{'anchor': '" + anchor + "'}").getBoolean("intact")).isTrue();

        take("audit_event", "id >= " + event);
        take("audit_seal", "number >= " + seal);
        assertThat(problems(verify("{'anchor': '" + anchor + "'}")))
                .containsExactly(
                        "seal " + seal + " is gone, although this node has seen it",
                        "seal " + seal + " the anchor's seal is not in the chain any more");
        putBack("audit_seal");
        putBack("audit_event");
        assertIntact();
    }

    @Test
    void aRunningNodeMissesTheEndThatWasCutOffAndSealsNothingUponTheRest() throws SQLException {
        var event = register();
        var seal = numberOf(verify("{}").getString("anchor"));
        take("audit_event", "id >= " + event);
        take("audit_seal", "number >= " + seal);
        register();

        var missed = "seal " + seal + " is gone, although this node has seen it";
        assertThat(problems(verify("{}"))).containsExactly(missed);
        assertThat(problems(verify("{}"))).containsExactly(missed);
        assertThat(number("select max(number) from audit_seal")).isEqualTo(seal - 1);
        assertThat(server.output().lines().filter(line -> line.contains("ERROR") && line.contains(missed)))
                .as("told once")
                .hasSize(1);

        putBack("audit_seal");
        putBack("audit_event");
        assertIntact();
        assertThat(number("select max(number) from audit_seal")).isEqualTo(seal + 1);
    }

    @Test
    void aRunningNodeMissesTheSealThatAnotherTookThePlaceOf() throws SQLException {
        register();
        var seal = numberOf(verify("{}").getString("anchor"));
        execute("update audit_seal set digest = substring(digest from 43) || substring(digest from 1 for 42)"
                + " where number = " + seal);
        assertThat(problems(verify("{}")))
                .contains("seal " + seal + " is another one than this node has seen", "seal " + seal + " was changed");
        execute("update audit_seal set digest = substring(digest from 2) || substring(digest from 1 for 1)"
                + " where number = " + seal);
        assertIntact();
    }

    @Test
    void theLogHasTheAnchorOfEverySealThatIsTheNewestAndNoneBeforeTheFirst() {
        register();
        var one = verify("{}").getString("anchor");
        register();
        var next = verify("{}").getString("anchor");
        var announced = ANCHOR.matcher(server.output())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(announced).contains(one, next);
        assertThat(verify("{'anchor': '" + announced.get(0) + "'}").getBoolean("intact"))
                .as("%s", announced)
                .isTrue();
    }

    @Test
    void sealsOnceWhatWasCommittedLaterThanItsNeighbours() throws SQLException {
        try (var slow = connection()) {
            slow.setAutoCommit(false);
            var late = insert(slow);
            var early = register();
            assertThat(early).isGreaterThan(late);
            var without = verify("{}");
            assertThat(without.getBoolean("intact")).as("%s", without).isTrue();

            slow.commit();
            var with = verify("{}");
            assertThat(with.getBoolean("intact")).as("%s", with).isTrue();
            assertThat(with.getInt("events")).isEqualTo(without.getInt("events") + 1);
            assertThat(verify("{}").getInt("events")).isEqualTo(with.getInt("events"));
            execute("update audit_event set actor = 'nobody' where id = " + late);
            assertFound(late, "the event was changed");
            execute("update audit_event set actor = 'anyone' where id = " + late);
        }
    }

    @Test
    void anEventThatWasRolledBackIsMissedByNobody() throws SQLException {
        try (var failing = connection()) {
            failing.setAutoCommit(false);
            insert(failing);
            register();
            assertIntact();
            failing.rollback();
        }
        register();
        assertIntact();
    }

    @Test
    void sealsWhileClientsRegisterAndSeveralSeal() {
        var callers = Executors.newFixedThreadPool(6);
        try {
            var verified = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> verify("{}"), callers))
                    .toList();
            IntStream.range(0, 40)
                    .parallel()
                    .forEach(i -> client.create(metadata().build()));
            assertThat(verified)
                    .allSatisfy(reply -> assertThat(reply.join().getBoolean("intact"))
                            .as("%s", reply.join())
                            .isTrue());
        } finally {
            callers.shutdown();
        }
        var end = verify("{}");
        assertThat(end.getInt("events")).isEqualTo(export("").size());
        assertThat(end.getInt("unsealed_events")).isZero();
    }

    @Test
    void theCommandLineVerifiesAndExports() throws SQLException {
        var event = register();
        var anchor = verify("{}").getString("anchor");
        assertThat(command("audit", "verify", "--anchor", anchor))
                .satisfies(
                        ended -> assertThat(ended.exitCode()).as(ended.output()).isZero())
                .satisfies(ended -> assertThat(ended.output()).contains("\"intact\":true"));
        assertThat(command("audit", "export", "--after", "" + (event - 1)).output())
                .startsWith("{\"id\":" + event);

        execute("update audit_event set actor = 'nobody' where id = " + event);
        assertThat(command("audit", "verify"))
                .satisfies(
                        ended -> assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.output()).contains("\"event\":" + event, "the event was changed"));
        execute("update audit_event set actor = 'anyone' where id = " + event);
        assertThat(command("audit", "verify", "--anchor", "17").exitCode()).isEqualTo(2);
    }

    @Test
    void showsNothingToAStranger() {
        for (var token : new String[] {"wrong", ""}) {
            assertThat(admin.send("GET", "/audit", new byte[0], bearer(token)).status())
                    .isEqualTo(401);
            assertThat(new RegistrationClient(server.http().resolve("/admin/audit/verification"))
                            .create(json("{}"), bearer(token))
                            .status())
                    .isEqualTo(401);
        }
    }

    private ServerProcess.Ended command(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", server.http().toString()));
        return ServerProcess.configured("")
                .environment("DCR_ADMIN_TOKEN", ADMIN_TOKEN)
                .arguments(all.toArray(String[]::new))
                .startToEnd();
    }

    /** Registers a client, and tells the number of the event. */
    private long register() {
        var registered = client.create(metadata().build());
        assertThat(registered.status()).isEqualTo(201);
        return number(export("?client_id=" + registered.clientId()).get(0));
    }

    /** Has two events that become visible at once, which then are under one seal. */
    private static List<Long> registerTogether() throws SQLException {
        try (var connection = connection()) {
            connection.setAutoCommit(false);
            var events = List.of(insert(connection), insert(connection));
            connection.commit();
            return events;
        }
    }

    /** Removes rows, until they are put back. */
    private void take(String table, String which) throws SQLException {
        execute("create table taken_" + table + " as select * from " + table + " where " + which);
        execute("delete from " + table + " where " + which);
    }

    private void putBack(String table) throws SQLException {
        var columns = String.join(", ", columns(table));
        execute("insert into " + table + " (" + columns + ") overriding system value select " + columns + " from taken_"
                + table);
        execute("drop table taken_" + table);
    }

    private List<String> columns(String table) throws SQLException {
        try (var rows = database.createStatement().executeQuery("select * from taken_" + table)) {
            var columns = new ArrayList<String>();
            for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++)
                columns.add(rows.getMetaData().getColumnName(i));
            return columns;
        }
    }

    private static long numberOf(String anchor) {
        return Long.parseLong(anchor.split(":", 2)[0]);
    }

    private long number(String query) throws SQLException {
        try (var rows = database.createStatement().executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    /** The seal that an event is under. */
    private long seal(long event) throws SQLException {
        assertIntact();
        return number("select number from audit_seal where first_event <= " + event + " and last_event >= " + event
                + " and number > 0 order by number");
    }

    private void swap(long one, long other) throws SQLException {
        execute("update audit_seal set number = -1 where number = " + one);
        execute("update audit_seal set number = " + one + " where number = " + other);
        execute("update audit_seal set number = " + other + " where number = -1");
    }

    private static long insert(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT.formatted("", "", ""), new String[] {"id"})) {
            statement.executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connection() throws SQLException {
        return Postgres.IS_ASKED_FOR
                ? DriverManager.getConnection(address)
                : DriverManager.getConnection(address, "sa", "sa");
    }

    private void assertIntact() {
        var verified = verify("{}");
        assertThat(verified.getBoolean("intact")).as("%s", verified).isTrue();
    }

    private void assertFound(long event, String problem) {
        assertThat(verify("{}").getJsonArray("findings").getValuesAs(JsonObject.class))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.getInt("event")).isEqualTo((int) event);
                    assertThat(finding.getString("problem")).isEqualTo(problem);
                });
    }

    private static List<String> problems(JsonObject verified) {
        return verified.getJsonArray("findings").getValuesAs(JsonObject.class).stream()
                .map(finding -> "seal " + finding.getInt("seal") + ' ' + finding.getString("problem"))
                .toList();
    }

    private static JsonObject verify(String asked) {
        var reply = new RegistrationClient(server.http().resolve("/admin/audit/verification"))
                .create(json(asked), bearer(ADMIN_TOKEN));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private List<JsonObject> export(String query) {
        var reply = admin.send("GET", "/audit" + query, new byte[0], bearer(ADMIN_TOKEN));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.body().lines().map(line -> json(line)).toList();
    }

    private static long number(JsonObject event) {
        return event.getJsonNumber("id").longValue();
    }

    private static String name(JsonObject event, String member) {
        return event.getJsonObject(member).getString("client_name");
    }
}
