package dev.dcr.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Ready while the database answers. The pool bounds how long a connection is waited for. */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseReady.class);
    private static final String NAME = "database";
    private static final int PATIENCE_SECONDS = 2;

    @Resource(lookup = "java:jboss/datasources/DcrDS")
    DataSource database;

    @Override
    public HealthCheckResponse call() {
        try (var connection = database.getConnection()) {
            return HealthCheckResponse.named(NAME)
                    .status(connection.isValid(PATIENCE_SECONDS))
                    .build();
        } catch (SQLException unreachable) {
            LOG.warnf("not ready: %s", unreachable);
            return HealthCheckResponse.down(NAME);
        }
    }
}
