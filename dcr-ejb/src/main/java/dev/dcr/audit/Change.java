package dev.dcr.audit;

import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * A change as the audit trail tells it.
 *
 * @param clientId the client that was changed; empty for what the server or its operator does to no client in particular
 * @param actor    who did it, without any credential
 * @param before   the metadata until then; empty for a new client
 * @param after    the metadata from then on, empty for a deleted client; or what else there is to say of the change
 */
public record Change(
        Action action,
        Optional<String> clientId,
        String actor,
        String correlationId,
        String sourceAddress,
        Optional<JsonObject> before,
        Optional<JsonObject> after) {
    /** What was done. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE,
        /** Secrets were encrypted under the first key. */
        RE_ENCRYPT,
        /** Old events were deleted from the audit trail. */
        PRUNE
    }

    /** Something that the server does by itself, or is told to by its operator. */
    public static Change byTheServer(Action action, String actor, JsonObject details) {
        return new Change(
                action,
                Optional.empty(),
                actor,
                UUID.randomUUID().toString(),
                "server",
                Optional.empty(),
                Optional.of(details));
    }
}
