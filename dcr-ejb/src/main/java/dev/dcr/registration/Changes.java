package dev.dcr.registration;

import dev.dcr.access.Caller;
import dev.dcr.audit.Change;
import dev.dcr.audit.Change.Action;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import java.time.Instant;
import java.util.Optional;

/** The lifecycle in the words of the audit trail. */
final class Changes {
    private Changes() {}

    static Change created(String clientId, ClientMetadata after, Caller caller, Origin origin) {
        return change(Action.CREATE, clientId, Optional.empty(), Optional.of(after), caller, origin);
    }

    static Change updated(RegisteredClient client, ClientMetadata after, Caller caller, Origin origin) {
        return change(
                Action.UPDATE, client.clientId(), Optional.of(client.metadata()), Optional.of(after), caller, origin);
    }

    static Change deleted(RegisteredClient client, Caller caller, Origin origin) {
        return change(
                Action.DELETE, client.clientId(), Optional.of(client.metadata()), Optional.empty(), caller, origin);
    }

    /** Nothing of the client changes before its end, of which the entry tells. */
    static Change expiring(RegisteredClient client, Instant end, Caller caller, Origin origin) {
        var details = StrictJson.PROVIDER
                .createObjectBuilder()
                .add("delete_at", end.getEpochSecond())
                .build();
        return new Change(
                Action.EXPIRE,
                Optional.of(client.clientId()),
                caller.actor(),
                origin.correlationId(),
                origin.sourceAddress(),
                Optional.empty(),
                Optional.of(details));
    }

    private static Change change(
            Action action,
            String clientId,
            Optional<ClientMetadata> before,
            Optional<ClientMetadata> after,
            Caller caller,
            Origin origin) {
        return new Change(
                action,
                Optional.of(clientId),
                caller.actor(),
                origin.correlationId(),
                origin.sourceAddress(),
                before.map(ClientMetadata::json),
                after.map(ClientMetadata::json));
    }
}
