package dev.dcr.extension;

import static dev.dcr.json.StrictJson.PROVIDER;

import dev.dcr.metadata.ClientMetadata;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Optional;
import java.util.Set;

/** What a test asks about; single quotes stand for double ones. */
record Asking(
        ClientMetadata clientData,
        Optional<JsonObject> softwareStatementClaims,
        Optional<JsonObject> existingClientData,
        Set<String> explicit)
        implements Consultable {

    static Asking about(String clientData, String... explicit) {
        return new Asking(new ClientMetadata(json(clientData)), Optional.empty(), Optional.empty(), Set.of(explicit));
    }

    Asking withStatement(String claims) {
        return new Asking(clientData, Optional.of(json(claims)), existingClientData, explicit);
    }

    Asking withExisting(String existing) {
        return new Asking(clientData, softwareStatementClaims, Optional.of(json(existing)), explicit);
    }

    @Override
    public Asking with(ClientMetadata changed) {
        return new Asking(changed, softwareStatementClaims, existingClientData, explicit);
    }

    static JsonObject json(String text) {
        try (var reader = PROVIDER.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
