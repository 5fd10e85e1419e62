package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.InsufficientScope;
import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationError.SlowDown;
import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** Refusals of the domain (RFC 7591 §3.2.2), with the headers that their status asks for. */
@Provider
@ApplicationScoped
public class RegistrationRefusedMapper implements ExceptionMapper<RegistrationRefused> {
    private static final Logger LOG = Logger.getLogger(RegistrationRefusedMapper.class);
    /** RFC 6750 §3: a challenge has at least one parameter, and no error where no token was presented (§3.1). */
    private static final String CHALLENGE = "Bearer realm=\"dcr\"";

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(RegistrationRefused refused) {
        if (refused.getCause() != null)
            LOG.warn(new Logfmt().with("refused", refused.getMessage()).with("cause", refused.getCause()));
        return reply(refused.error(), request);
    }

    static Response reply(RegistrationError error, HttpServletRequest request) {
        var reply = ErrorReply.of(error).response(Exchange.of(request));
        if (error instanceof InvalidToken) reply.header(HttpHeaders.WWW_AUTHENTICATE, challenge(error, request));
        if (error instanceof InsufficientScope) reply.header(HttpHeaders.WWW_AUTHENTICATE, challenge(error, request));
        if (error instanceof SlowDown slow)
            reply.header(HttpHeaders.RETRY_AFTER, slow.retryAfter().toSeconds());
        if (error instanceof Unavailable gone)
            reply.header(HttpHeaders.RETRY_AFTER, gone.retryAfter().toSeconds());
        return reply.build();
    }

    private static String challenge(RegistrationError error, HttpServletRequest request) {
        return BearerToken.isPresented(request) ? CHALLENGE + ", error=\"" + error.code() + '"' : CHALLENGE;
    }
}
