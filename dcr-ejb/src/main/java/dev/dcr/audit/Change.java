package dev.dcr.audit;

import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * A change of a client, as the audit trail tells it.
 *
 * @param actor  who did it, without any credential
 * @param before the metadata until then; empty for a new client
 * @param after  the metadata from then on; empty for a deleted client
 */
public record Change(
        Action action,
        String clientId,
        String actor,
        String correlationId,
        String sourceAddress,
        Optional<JsonObject> before,
        Optional<JsonObject> after) {

    /** What was done. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE
    }
}
