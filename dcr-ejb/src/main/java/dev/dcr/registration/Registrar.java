package dev.dcr.registration;

import dev.dcr.request.RegistrationRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The registration lifecycle of RFC 7591 and RFC 7592, as the endpoint calls it. Opens no transaction of its own. */
@ApplicationScoped
public class Registrar {

    /**
     * Registers a client (RFC 7591 §3).
     *
     * @param bearer the bearer token presented: an initial access token or an access token
     * @throws dev.dcr.error.RegistrationRefused with nothing stored
     */
    public Registration create(RegistrationRequest request, Optional<String> bearer, Origin origin) {
        throw new UnsupportedOperationException();
    }

    /** Reads a client (RFC 7592 §2.1). */
    public Registration read(String clientId, Optional<String> bearer, Origin origin) {
        throw new UnsupportedOperationException();
    }

    /** Replaces the whole metadata of a client (RFC 7592 §2.2). */
    public Registration replace(String clientId, RegistrationRequest request, Optional<String> bearer, Origin origin) {
        throw new UnsupportedOperationException();
    }

    /** Deletes a client (RFC 7592 §2.3). Its tokens are dead at once. */
    public void delete(String clientId, Optional<String> bearer, Origin origin) {
        throw new UnsupportedOperationException();
    }
}
