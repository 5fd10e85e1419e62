package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** A fault of ours: logged once, with its cause; the caller learns the correlation id to ask about, nothing else. */
@Provider
@ApplicationScoped
public class UnexpectedFailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(UnexpectedFailureMapper.class);

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        var refusal = DatabaseFailure.causes(failure)
                .filter(RegistrationRefused.class::isInstance)
                .findFirst();
        if (refusal.isPresent())
            return RegistrationRefusedMapper.reply(((RegistrationRefused) refusal.get()).error(), request);
        var exchange = Exchange.of(request);
        var ofDatabase = DatabaseFailure.behind(failure);
        if (ofDatabase.isPresent()) return reply(ofDatabase.get().refusal(), failure, exchange);
        LOG.errorf(
                failure,
                "unexpected failure, correlation_id %s",
                exchange.origin().correlationId());
        return ErrorReply.ofStatus(500).response(exchange).build();
    }

    private Response reply(Unavailable refusal, Throwable failure, Exchange exchange) {
        LOG.error(new Logfmt()
                .with("refused", refusal.description())
                .with("cause", failure)
                .with("correlation_id", exchange.origin().correlationId()));
        return RegistrationRefusedMapper.reply(refusal, request);
    }
}
