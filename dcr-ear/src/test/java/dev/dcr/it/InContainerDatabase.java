package dev.dcr.it;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Chooses the database of the managed server, before Arquillian reads in {@code arquillian.xml} how to start it. */
public final class InContainerDatabase implements LoadableExtension {
    private static final String EMBEDDED = "jdbc:h2:mem:in-container;DB_CLOSE_DELAY=-1";

    @Override
    public void register(ExtensionBuilder nothingElse) {
        System.setProperty("it.database.driver", Postgres.IS_ASKED_FOR ? "postgresql" : "h2");
        System.setProperty("it.database.url", Postgres.IS_ASKED_FOR ? Postgres.newDatabase() : EMBEDDED);
    }
}
