package dev.dcr.request;

import dev.dcr.metadata.ClientMetadata;
import dev.dcr.replay.Jti;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A request whose signatures hold, merged with its statement (which wins) and completed with the defaults of the
 * specifications. Whether it may be registered is for the rules to say.
 *
 * @param requested what the caller sent: the members of the body, or all claims of the request JWT
 * @param statement the verified software statement, if the request carried one
 * @param signed    whether the request itself was a verified JWT
 * @param replay    the {@code jti}s that registering spends: of the request, and of the statement where configured
 * @param metadata  what would be stored
 * @param explicit  the members of {@code metadata} that the request or the statement set; the others are defaults
 */
public record VerifiedRequest(
        JsonObject requested,
        Optional<SoftwareStatement> statement,
        boolean signed,
        Set<Jti> replay,
        ClientMetadata metadata,
        Set<String> explicit) {

    /** The same request with other metadata to check: what an extension made of it. */
    public VerifiedRequest with(ClientMetadata changed) {
        return new VerifiedRequest(requested, statement, signed, replay, changed, explicit);
    }
}
