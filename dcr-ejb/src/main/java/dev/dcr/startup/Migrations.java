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
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date before the first request, and refuses to start on one that was tampered with. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {
    private static final Map<String, String> JSON_TYPE = Map.of("H2", "json", "PostgreSQL", "jsonb");

    @Resource(lookup = "java:jboss/datasources/DcrDS")
    DataSource database;

    @Inject
    DatabaseConfig configured;

    @PostConstruct
    void migrate() {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .loggers("slf4j") // by itself it loads every logging library to find out which there is
                .locations("classpath:db/migration")
                .placeholders(Map.of("json", jsonType()))
                .load()
                .migrate();
    }

    private String jsonType() {
        try (var connection = database.getConnection()) {
            var product = connection.getMetaData().getDatabaseProductName();
            if (!configured.isServedBy(product)) {
                throw new IllegalStateException("dcr.database.url names another database than the server's data source"
                        + " DcrDS leads to, which is " + product + ": set DCR_DATABASE_URL and DCR_DATABASE_DRIVER"
                        + " in the environment of this server");
            }
            var type = JSON_TYPE.get(product);
            if (type == null) throw new IllegalStateException("no schema for " + product + "; use PostgreSQL or H2");
            return type;
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached", e);
        }
    }
}
