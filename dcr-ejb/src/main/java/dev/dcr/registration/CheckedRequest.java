package dev.dcr.registration;

import dev.dcr.extension.Consultable;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A request of which every rule held; only the registrar makes one.
 *
 * @param request  what was checked, and perhaps what the extension made of it since
 * @param existing the client that it updates; empty for a new one
 * @param extended whether the extension made something of it
 */
public record CheckedRequest(VerifiedRequest request, Optional<RegisteredClient> existing, boolean extended)
        implements Consultable {
    CheckedRequest(VerifiedRequest request, Optional<RegisteredClient> existing) {
        this(request, existing, false);
    }

    @Override
    public ClientMetadata clientData() {
        return request.metadata();
    }

    @Override
    public Optional<JsonObject> softwareStatementClaims() {
        return request.statement().map(SoftwareStatement::claims);
    }

    @Override
    public Optional<JsonObject> existingClientData() {
        return existing.map(RetrievedClient::stored);
    }

    @Override
    public Set<String> explicit() {
        return request.explicit();
    }

    @Override
    public CheckedRequest with(ClientMetadata changed) {
        return new CheckedRequest(request.with(changed), existing, true);
    }
}
