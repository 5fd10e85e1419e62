package dev.dcr.endpoint;

import dev.dcr.access.Credentials;
import dev.dcr.registration.Call;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;

/** From a request's headers and connection to who asks, and on what condition. */
@ApplicationScoped
class CallReader {

    Call read(HttpServletRequest request) {
        return new Call(
                Credentials.bearer(BearerToken.of(request)),
                EntityTag.ifMatch(request),
                Exchange.of(request).origin());
    }
}
