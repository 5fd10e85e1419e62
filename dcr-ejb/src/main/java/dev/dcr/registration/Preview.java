package dev.dcr.registration;

import dev.dcr.metadata.ClientMetadata;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of a dry run: what would have been stored and shown. It holds no credential, since none was issued.
 *
 * @param existing         the client that an update would have changed; empty for a new one, which has no identifier yet
 * @param metadata         the members that would be shown
 * @param softwareStatement the statement as it was received
 */
public record Preview(Optional<Existing> existing, ClientMetadata metadata, Optional<String> softwareStatement) {

    /** The lasting members of a client that is registered already. */
    public record Existing(String clientId, Instant issuedAt) {}
}
