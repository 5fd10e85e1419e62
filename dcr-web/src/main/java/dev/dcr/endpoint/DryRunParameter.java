package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.registration.DryRun;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/**
 * The query parameter {@code dry_run}, an addition to RFC 7591 and RFC 7592: {@code true} asks what would happen by this
 * server's own rules, {@code with_extension} has the operator's extension service asked as well.
 */
final class DryRunParameter {
    private static final String NAME = "dry_run";

    private DryRunParameter() {}

    /**
     * @return empty where the request is meant
     * @throws RegistrationRefused as {@code invalid_request} for any other value: nobody's trial is taken for earnest
     */
    static Optional<DryRun> of(UriInfo uri) {
        var values = uri.getQueryParameters().getOrDefault(NAME, List.of());
        if (values.isEmpty()) return Optional.empty();
        if (values.equals(List.of("true"))) return Optional.of(DryRun.OWN_RULES);
        if (values.equals(List.of("with_extension"))) return Optional.of(DryRun.WITH_EXTENSION);
        throw refused("dry_run must be true or with_extension, once");
    }

    /** @throws RegistrationRefused if the caller believes that this method could be tried */
    static void refuse(UriInfo uri) {
        if (uri.getQueryParameters().containsKey(NAME))
            throw refused("dry_run is for registering and for replacing alone");
    }

    private static RegistrationRefused refused(String description) {
        return new RegistrationRefused(new InvalidRequest(description));
    }
}
