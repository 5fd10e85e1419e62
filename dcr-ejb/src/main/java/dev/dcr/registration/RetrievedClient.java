package dev.dcr.registration;

import dev.dcr.extension.Consultable;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A client on its way to its owner.
 *
 * @param client     as it is stored
 * @param statement  the statement it registered with
 * @param clientData the metadata that the reply will show
 */
public record RetrievedClient(RegisteredClient client, Optional<SoftwareStatement> statement, ClientMetadata clientData)
        implements Consultable {

    @Override
    public Optional<JsonObject> softwareStatementClaims() {
        return statement.map(SoftwareStatement::claims);
    }

    @Override
    public Optional<JsonObject> existingClientData() {
        return Optional.of(stored(client));
    }

    @Override
    public Set<String> explicit() {
        return Set.of();
    }

    @Override
    public RetrievedClient with(ClientMetadata changed) {
        return new RetrievedClient(client, statement, changed);
    }

    /** What is stored of a client, with its identifier and without any secret. */
    static JsonObject stored(RegisteredClient client) {
        return StrictJson.PROVIDER
                .createObjectBuilder(client.metadata().json())
                .add("client_id", client.clientId())
                .add("client_id_issued_at", client.issuedAt().getEpochSecond())
                .build();
    }
}
