package dev.dcr.startup;

import java.util.function.Consumer;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Does something on a migration's connection, in its transaction if it has one, before the migration does. */
record EachMigration(Consumer<Context> preparation) implements Callback {
    @Override
    public boolean supports(Event event, Context migration) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context migration) {
        return true;
    }

    @Override
    public void handle(Event event, Context migration) {
        preparation.accept(migration);
    }

    @Override
    public String getCallbackName() {
        return "before each migration";
    }
}
