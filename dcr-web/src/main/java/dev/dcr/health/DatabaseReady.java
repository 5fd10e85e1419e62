package dev.dcr.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Ready while the database answers. The pool bounds how long a connection is waited for. */
@Readiness
@ApplicationScoped
class DatabaseReady implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseReady.class);
    private static final String DATA_SOURCE = "java:jboss/datasources/DcrDS";
    private static final String NAME = "database";
    private static final int PATIENCE_SECONDS = 2;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named(NAME).status(answers()).build();
    }

    @SuppressWarnings("BanJNDI") // a constant name in the server's own directory
    private static boolean answers() {
        try {
            DataSource database = InitialContext.doLookup(DATA_SOURCE);
            try (var connection = database.getConnection()) {
                return connection.isValid(PATIENCE_SECONDS);
            }
        } catch (NamingException | SQLException unreachable) {
            LOG.warnf("not ready: %s", unreachable);
            return false;
        }
    }
}
