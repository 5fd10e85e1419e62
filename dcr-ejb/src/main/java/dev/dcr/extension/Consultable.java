package dev.dcr.extension;

import dev.dcr.metadata.ClientMetadata;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** The argument of an {@link Extensible} method: what the extension is told, and what its answer changes. */
public interface Consultable {

    /** The metadata about to be stored (creation, update) or returned (retrieval). */
    ClientMetadata clientData();

    /** The decoded claims of the client's software statement. */
    Optional<JsonObject> softwareStatementClaims();

    /** What is stored of the client so far, without any secret; empty at creation. */
    Optional<JsonObject> existingClientData();

    /** The members of {@link #clientData()} that request or statement set, as opposed to defaults. */
    Set<String> explicit();

    /** The same argument with what the extension made of its metadata. */
    Consultable with(ClientMetadata changed);
}
