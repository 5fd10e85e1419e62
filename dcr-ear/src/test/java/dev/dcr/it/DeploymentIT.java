package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped EAR on the provisioned server. */
@ExtendWith(ArquillianExtension.class)
class DeploymentIT {
    @Resource(lookup = "java:jboss/datasources/DcrDS")
    DataSource database;

    @Deployment
    static EnterpriseArchive ear() {
        return ShippedEar.with(DeploymentIT.class);
    }

    @Test
    void theDataSourceLeadsToTheConfiguredDatabase() throws SQLException {
        try (var connection = database.getConnection()) {
            assertThat(connection.getMetaData().getURL()).startsWith("jdbc:h2:mem:in-container");
        }
    }
}
