package dev.dcr.it;

import static dev.dcr.extension.ExtensionPoint.PRE_PROCESS_CLIENT_CREATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.InitialAccessTokens;
import dev.dcr.access.TokenDigest;
import dev.dcr.audit.AuditExport;
import dev.dcr.audit.AuditRetention;
import dev.dcr.audit.AuditSealer;
import dev.dcr.audit.AuditTrail;
import dev.dcr.audit.AuditVerification;
import dev.dcr.audit.Change;
import dev.dcr.audit.OperatorRequest;
import dev.dcr.config.HttpConfig;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.extension.Consultable;
import dev.dcr.extension.Extensible;
import dev.dcr.extension.ExtensionConfig;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.replay.ExpiredRows;
import dev.dcr.replay.Jti;
import dev.dcr.replay.ReplayGuard;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBTransactionRequiredException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped EAR on the provisioned server, from within; system properties configure it. */
@ExtendWith(ArquillianExtension.class)
class DeploymentIT {
    private static final OperatorRequest OPERATOR = new OperatorRequest("deployment", "127.0.0.1");

    @Resource(lookup = "java:jboss/datasources/DcrDS")
    DataSource database;

    @Resource
    UserTransaction transaction;

    @Resource
    TransactionSynchronizationRegistry transactions;

    @EJB
    ReplayGuard replays;

    @EJB
    InitialAccessTokens initialTokens;

    @EJB
    AuditTrail trail;

    @EJB
    AuditSealer sealer;

    @EJB
    AuditRetention retention;

    @EJB
    AuditVerification verification;

    @EJB
    AuditExport export;

    @Inject
    Witness witness;

    @Inject
    HttpConfig http;

    @Inject
    AccessConfig access;

    @Inject
    ExtensionConfig extensions;

    @Deployment
    static EnterpriseArchive ear() {
        return ShippedEar.with(DeploymentIT.class);
    }

    @Test
    @RunAsClient
    void showsACertificateWhereNoLauncherPreparedTheServer() {
        await().until(() -> TestClient.isShownACertificateAt(Integer.getInteger("it.https.port")));
    }

    @Test
    void theDataSourceLeadsToTheConfiguredDatabase() throws SQLException {
        try (var connection = database.getConnection()) {
            var configured = System.getProperty("dcr.database.url").split("[;?]", 2)[0];
            assertThat(connection.getMetaData().getURL()).startsWith(configured);
        }
    }

    @Test
    void settingsComeFromTheConfigurationOrTheirDefaults() {
        assertThat(access.registration()).isEqualTo(AccessConfig.Registration.OPEN);
        assertThat(access.management()).isEqualTo(AccessConfig.Management.REGISTRATION_ACCESS_TOKEN);
        assertThat(http.maxBodyBytes()).isEqualTo(262_144);
        assertThat(extensions.baseUrl()).map(URI::getPath).hasValue("/extension-of-the-test");
        assertThat(extensions.allowed()).containsExactly(PRE_PROCESS_CLIENT_CREATION);
    }

    @Test
    void aJtiIsGoodAgainAfterItsTransactionFailed() throws Exception {
        var jti = jti();
        transaction.begin();
        replays.spend(jti);
        transaction.rollback();
        transaction.begin();
        replays.spend(jti);
        transaction.commit();
    }

    @Test
    void aJtiIsSpentOnceAndFailsTheTransactionTheSecondTime() throws Exception {
        var jti = jti();
        transaction.begin();
        replays.spend(jti);
        transaction.commit();
        transaction.begin();
        try {
            assertThatThrownBy(() -> replays.spend(jti)).isInstanceOf(RegistrationRefused.class);
            assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        } finally {
            transaction.rollback();
        }
    }

    @Test
    void aJtiIsSpentWithinTheTransactionOfItsRegistrationOnly() {
        assertThatThrownBy(() -> replays.spend(jti())).isInstanceOf(EJBTransactionRequiredException.class);
    }

    @Test
    void expiredJtisAreForgottenInBatchesAndTheOthersKept() throws Exception {
        var good = jti();
        transaction.begin();
        replays.spend(good);
        for (var i = 0; i < 1_500; i++) replays.spend(expired());
        transaction.commit();

        assertThat(replays.forgetExpired()).isEqualTo(1_000);
        assertThat(replays.forgetExpired()).isEqualTo(500);
        assertThat(replays.forgetExpired()).isZero();
        assertThatThrownBy(() -> replays.refuseSpent(good)).isInstanceOf(RegistrationRefused.class);
    }

    /** To a node whose clock is an hour ahead everything that is good for less than an hour has expired. */
    @Test
    void aJtiIsKeptForNodesWhoseClocksAreBehind() throws Exception {
        var expiredByThisClock = jti(Instant.now().minus(ExpiredRows.CLOCK_SKEW).plusSeconds(60));
        transaction.begin();
        replays.spend(expiredByThisClock);
        transaction.commit();

        while (replays.forgetExpired() > 0) {}
        assertThatThrownBy(() -> replays.refuseSpent(expiredByThisClock)).isInstanceOf(RegistrationRefused.class);
    }

    @Test
    void expiredInitialAccessTokensAreForgotten() {
        initialTokens.issue(
                ExpiredRows.CLOCK_SKEW.negated().minusSeconds(1), 1, JsonObject.EMPTY_JSON_OBJECT, OPERATOR);
        var good = initialTokens.issue(Duration.ofMinutes(5), 1, JsonObject.EMPTY_JSON_OBJECT, OPERATOR);

        assertThat(initialTokens.forgetExpired()).isOne();
        assertThat(initialTokens.policyOf(TokenDigest.of(good.token()))).isPresent();
    }

    @Test
    void eventsAreDeletedByRuleAndThatIsOnRecordAndTheChainGoesOn() throws Exception {
        for (var seals = 0; seals < 7; seals++) {
            record(3);
            sealer.sealAll();
        }
        var before = verification.verify(Optional.empty(), 0);
        assertThat(before.findings()).isEmpty();

        var old = Instant.now();
        while (retention.prune(old) > 0) assertThat(intact()).isTrue();

        var after = verification.verify(Optional.of(sealer.anchor()), 0);
        assertThat(after.findings()).isEmpty();
        assertThat(after.events()).isLessThan(before.events()).isPositive();
        assertThat(exported()).extracting(event -> event.getString("action")).contains("prune");
    }

    @Test
    void whatWasTamperedWithIsNotPruned() throws Exception {
        record(2);
        sealer.sealAll();
        record(1);
        sealer.sealAll();
        update("update audit_seal set first_event = first_event - 1 where number = " + oldestUnprunedSeal());

        assertThat(retention.prune(Instant.now().plusSeconds(60))).isZero();
        update("update audit_seal set first_event = first_event + 1 where number = " + oldestUnprunedSeal());
        assertThat(intact()).isTrue();
    }

    @Test
    void anEventThatWasChangedIsNotPruned() throws Exception {
        record(2);
        sealer.sealAll();
        record(1);
        sealer.sealAll();
        var event = "(select last_event from audit_seal where number = %d)".formatted(oldestUnprunedSeal());
        update("update audit_event set actor = 'not ' || actor where id = " + event);

        assertThat(retention.prune(Instant.now().plusSeconds(60))).isZero();
        assertThat(intact()).isFalse();
        update("update audit_event set actor = substr(actor, 5) where id = " + event);
        assertThat(intact()).isTrue();
    }

    @Test
    void aMarkOfPruningThatIsNotOursStopsRetention() throws Exception {
        for (var seals = 0; seals < 3; seals++) {
            record(2);
            sealer.sealAll();
        }
        var old = Instant.now();
        while (retention.prune(old) > 0) assertThat(intact()).isTrue();
        record(2);
        sealer.sealAll();
        record(1);
        sealer.sealAll();
        var marked = oldestUnprunedSeal();
        update("update audit_seal set pruned_at = current_timestamp where number = " + marked);

        assertThat(intact()).isFalse();
        assertThat(retention.prune(Instant.now().plusSeconds(60))).isZero();
        update("update audit_seal set pruned_at = null where number = " + marked);
        assertThat(intact()).isTrue();
    }

    @Test
    void aSealIsNotLaidUponAForgedOne() throws Exception {
        record(1);
        sealer.sealAll();
        var head = verification.verify(Optional.empty(), 0).head().seal();
        update("update audit_seal set first_event = first_event - 1 where number = " + head);
        record(1);

        assertThat(sealer.sealAll()).isFalse();
        assertThat(number("select max(number) from audit_seal")).isEqualTo(head);
        assertThat(intact()).isFalse();
        update("update audit_seal set first_event = first_event + 1 where number = " + head);
        assertThat(sealer.sealAll()).isTrue();
        assertThat(intact()).isTrue();
    }

    @Test
    void aTransactionThatFailsLeavesNoEventAndNoGapThatMatters() throws Exception {
        transaction.begin();
        trail.record(List.of(change()));
        transaction.rollback();
        record(1);
        assertThat(intact()).isTrue();
    }

    @Test
    void theExtensionIsAskedWhileNoTransactionIsActive() {
        var question = new Question(transactions);
        var answer = witness.admit(question);
        assertThat(question.statuses).isNotEmpty().containsOnly(Status.STATUS_NO_TRANSACTION);
        assertThat(answer.clientData().string("risk_class")).hasValue("low");
    }

    @Test
    @RunAsClient
    void aRegistrationIsStoredWithWhatTheExtensionAdded() {
        var endpoint = URI.create("http://localhost:" + Integer.getInteger("it.http.port") + "/register");
        var client = new RegistrationClient(endpoint);
        var registered = client.create(Scene.metadata().build());
        var read = client.read(registered.clientId(), registered.registrationAccessToken());
        assertThat(read.json().getString("risk_class")).isEqualTo("low");
    }

    private void record(int events) throws Exception {
        transaction.begin();
        for (var i = 0; i < events; i++) trail.record(List.of(change()));
        transaction.commit();
    }

    /** JSON that each database writes in its own way. */
    private static Change change() {
        var metadata = Json.createReader(new StringReader(
                        "{\"z\": 1.50, \"a\": {\"c\": 1e2, \"b\": [\"\\u00e9\\/\\\"\", null, true]}, \"ab\":"
                                + " 12345678901234567890.125}"))
                .readObject();
        return new Change(
                Change.Action.UPDATE,
                Optional.of("client"),
                "anyone",
                UUID.randomUUID().toString(),
                "127.0.0.1",
                Optional.of(metadata),
                Optional.of(metadata));
    }

    private boolean intact() {
        return verification.verify(Optional.empty(), 0).isIntact();
    }

    private List<JsonObject> exported() {
        var events = new ArrayList<JsonObject>();
        export.export(new AuditExport.Selection(0, Optional.empty(), Optional.empty(), Optional.empty()), events::add);
        return events;
    }

    private long oldestUnprunedSeal() throws SQLException {
        return number("select min(number) from audit_seal where number > 0 and pruned_at is null");
    }

    private long number(String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void update(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isOne();
        }
    }

    private static Jti jti() {
        return jti(Instant.now().plusSeconds(300));
    }

    private static Jti expired() {
        return jti(Instant.now().minus(ExpiredRows.CLOCK_SKEW).minusSeconds(1));
    }

    private static Jti jti(Instant expiry) {
        return new Jti("https://directory.example", UUID.randomUUID().toString(), expiry);
    }

    /** A bean whose argument the extension has a say about. */
    @ApplicationScoped
    static class Witness {
        @Extensible(PRE_PROCESS_CLIENT_CREATION)
        Consultable admit(Consultable asked) {
            return asked;
        }
    }

    /** Notes whether a transaction is active whenever somebody looks at it. */
    private static final class Question implements Consultable {
        final Set<Integer> statuses = new HashSet<>();
        private final TransactionSynchronizationRegistry transactions;
        private final ClientMetadata metadata;

        Question(TransactionSynchronizationRegistry transactions) {
            this(transactions, new ClientMetadata(JsonObject.EMPTY_JSON_OBJECT));
        }

        private Question(TransactionSynchronizationRegistry transactions, ClientMetadata metadata) {
            this.transactions = transactions;
            this.metadata = metadata;
        }

        @Override
        public ClientMetadata clientData() {
            statuses.add(transactions.getTransactionStatus());
            return metadata;
        }

        @Override
        public Optional<JsonObject> softwareStatementClaims() {
            return Optional.empty();
        }

        @Override
        public Optional<JsonObject> existingClientData() {
            return Optional.empty();
        }

        @Override
        public Set<String> explicit() {
            return Set.of();
        }

        @Override
        public Consultable with(ClientMetadata changed) {
            return new Question(transactions, changed);
        }
    }

    /** An extension service that finds every client harmless. */
    @WebServlet("/extension-of-the-test/*")
    public static class HarmlessClients extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getWriter()
                    .write("{\"status\": \"SUCCESS\", \"data\": {\"clientData\": {\"risk_class\": \"low\"}}}");
        }
    }
}
