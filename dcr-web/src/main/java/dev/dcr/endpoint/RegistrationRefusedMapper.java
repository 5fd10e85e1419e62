package dev.dcr.endpoint;

import dev.dcr.access.DpopProof;
import dev.dcr.endpoint.PresentedToken.Scheme;
import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.InsufficientScope;
import dev.dcr.error.RegistrationError.RefusedByExtension;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Refusals of the domain (RFC 7591 §3.2.2), with the headers that their status asks for. */
@Provider
@ApplicationScoped
public class RegistrationRefusedMapper implements ExceptionMapper<RegistrationRefused> {
    private static final Logger LOG = Logger.getLogger(RegistrationRefusedMapper.class);
    private static final String ALGORITHMS = String.join(" ", DpopProof.ALGORITHMS);

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
        if (error.status() == 401 || error instanceof InsufficientScope)
            reply.header(HttpHeaders.WWW_AUTHENTICATE, challenge(error, PresentedToken.scheme(request)));
        return reply.build();
    }

    /**
     * In the scheme that the caller used, or else as a bearer token. RFC 6750 §3: a challenge has at least one parameter,
     * and no error where no token was presented (§3.1) or where it was not the token that an extension objected to.
     * RFC 9449 §7.1: that of DPoP names the algorithms.
     */
    private static String challenge(RegistrationError error, Optional<Scheme> presented) {
        var challenge = presented.orElse(Scheme.BEARER) + " realm=\"dcr\"";
        if (presented.isEmpty() || error instanceof RefusedByExtension) return challenge;
        var failed = challenge + ", error=\"" + error.code() + '"';
        return presented.get() == Scheme.DPOP ? failed + ", algs=\"" + ALGORITHMS + '"' : failed;
    }
}
