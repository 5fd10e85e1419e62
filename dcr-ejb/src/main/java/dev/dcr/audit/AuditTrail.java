package dev.dcr.audit;

import static java.time.ZoneOffset.UTC;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** The append-only record of every change. */
@Stateless
public class AuditTrail {
    private static final String INSERT = """
            insert into audit_event (occurred_at, correlation_id, source_address, actor, action, client_id,
                metadata_before, metadata_after)
            values (?, ?, ?, ?, ?, ?, %1$s, %1$s)""";

    @PersistenceContext
    EntityManager entities;

    @Inject
    Clock clock;

    /**
     * Records changes in the transaction that makes them: there is no change without its entry, and no entry without.
     * By JDBC, in one round trip: entities whose keys the database makes are inserted one by one.
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void record(List<Change> changes) {
        var session = entities.unwrap(Session.class);
        var insert = INSERT.formatted(jsonParameter(session));
        session.doWork(connection -> insert(connection, insert, changes));
    }

    private void insert(Connection connection, String insert, List<Change> changes) throws SQLException {
        var now = clock.instant().atOffset(UTC);
        try (var statement = connection.prepareStatement(insert)) {
            for (var change : changes) {
                bind(statement, now, change);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, OffsetDateTime now, Change change) throws SQLException {
        statement.setObject(1, now);
        statement.setString(2, change.correlationId());
        statement.setString(3, change.sourceAddress());
        statement.setString(4, change.actor());
        statement.setString(5, change.action().name().toLowerCase(Locale.ROOT));
        statement.setString(6, change.clientId().orElse(null));
        statement.setString(7, text(change.before()));
        statement.setString(8, text(change.after()));
    }

    private static String text(Optional<JsonObject> metadata) {
        return metadata.map(JsonObject::toString).orElse(null);
    }

    /** How a JSON text is handed over: each database has its own way, and H2 makes JSON of no text, too. */
    private static String jsonParameter(Session session) {
        var dialect = session.getSessionFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getJdbcServices()
                .getDialect();
        return dialect instanceof H2Dialect ? "nullif(? format json, json 'null')" : "cast(? as jsonb)";
    }
}
