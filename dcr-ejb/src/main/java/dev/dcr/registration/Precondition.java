package dev.dcr.registration;

import dev.dcr.error.RegistrationError.PreconditionFailed;
import dev.dcr.error.RegistrationRefused;
import java.util.Optional;
import java.util.Set;

/**
 * On which versions of a client a request is to be carried out at all (RFC 9110 §13.1.1).
 *
 * @param versions the versions that the caller has seen; empty where it does not mind which one it meets
 */
public record Precondition(Optional<Set<Long>> versions) {

    /** No condition. */
    public static final Precondition NONE = new Precondition(Optional.empty());

    /** The request is meant for one of these versions alone; none at all never holds. */
    public static Precondition oneOf(Set<Long> versions) {
        return new Precondition(Optional.of(Set.copyOf(versions)));
    }

    /** @throws RegistrationRefused with {@link PreconditionFailed} if the client is of another version */
    void require(RegisteredClient client) {
        if (versions.isPresent() && !versions.get().contains(client.version()))
            throw new RegistrationRefused(
                    new PreconditionFailed("the client is no longer as If-Match names it; read it again"));
    }
}
