package dev.dcr.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** What HTTP itself objects to: path, method, {@code Accept}, media type, length. */
@Provider
@ApplicationScoped
public class HttpRefusedMapper implements ExceptionMapper<WebApplicationException> {
    private static final Logger LOG = Logger.getLogger(HttpRefusedMapper.class);

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(WebApplicationException refused) {
        var answer = refused.getResponse();
        if (answer.getStatus() < 400) return answer;
        if (answer.getStatus() >= 500)
            LOG.errorf(
                    refused,
                    "JAX-RS failed, correlation_id %s",
                    Exchange.of(request).origin().correlationId());
        var reply = ErrorReply.ofStatus(answer.getStatus()).response(Exchange.of(request));
        var allow = answer.getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? reply : reply.header(HttpHeaders.ALLOW, allow)).build();
    }
}
