package dev.dcr.startup;

import dev.dcr.config.DatabaseConfig;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Brings the schema up to date before the first request, and refuses to start on one that was tampered with. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {
    @Resource(lookup = "java:jboss/datasources/DcrDS")
    DataSource database;

    @Inject
    DatabaseConfig configured;

    @PostConstruct
    void migrate() {
        new Schema(PatientConnections.of(database), dialect(), "classpath:db/migration").migrate();
    }

    private Dialect dialect() {
        try (var connection = database.getConnection()) {
            var product = connection.getMetaData().getDatabaseProductName();
            if (!configured.isServedBy(product)) {
                throw new IllegalStateException("dcr.database.url names another database than the server's data source"
                        + " DcrDS leads to, which is " + product + ": set DCR_DATABASE_URL and DCR_DATABASE_DRIVER"
                        + " in the environment of this server");
            }
            return Dialect.of(product)
                    .orElseThrow(
                            () -> new IllegalStateException("no schema for " + product + "; use PostgreSQL or H2"));
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached", e);
        }
    }
}
