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
        /** The client will be deleted unless its owner is heard of. */
        EXPIRE,
        /** An initial access token was made. */
        ISSUE_TOKEN,
        /** Secrets were encrypted under the first key. */
        RE_ENCRYPT,
        /** Old events were deleted from the audit trail. */
        PRUNE
    }

    /** Something that the operator has done. */
    public static Change byOperator(Action action, OperatorRequest request, JsonObject details) {
        return new Change(
                action,
                Optional.empty(),
                "admin",
                request.correlationId(),
                request.sourceAddress(),
                Optional.empty(),
                Optional.of(details));
    }

    /**
     * Something that the server does by itself.
     *
     * @param rule by which rule of its configuration
     */
    static Change byServer(Action action, String rule, JsonObject details) {
        return new Change(
                action,
                Optional.empty(),
                "server:" + rule,
                UUID.randomUUID().toString(),
                "server",
                Optional.empty(),
                Optional.of(details));
    }
}
