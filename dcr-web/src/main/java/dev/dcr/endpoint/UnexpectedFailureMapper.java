package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError.Unavailable;
import dev.dcr.error.RegistrationRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.resource.ResourceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** A fault of ours: logged once, with its cause; the caller learns the correlation id to ask about, nothing else. */
@Provider
@ApplicationScoped
public class UnexpectedFailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(UnexpectedFailureMapper.class);
    private static final Unavailable NO_DATABASE =
            new Unavailable("the server is out of reach of its database; try again later", Duration.ofSeconds(5));
    private static final Unavailable ROLLED_BACK =
            new Unavailable("the database gave way to another request; try again", Duration.ofSeconds(1));

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        var refusal =
                causes(failure).filter(RegistrationRefused.class::isInstance).findFirst();
        if (refusal.isPresent())
            return RegistrationRefusedMapper.reply(((RegistrationRefused) refusal.get()).error(), request);
        var exchange = Exchange.of(request);
        if (causes(failure).anyMatch(UnexpectedFailureMapper::isDatabaseGone))
            return reply(NO_DATABASE, failure, exchange);
        if (causes(failure).anyMatch(UnexpectedFailureMapper::isRolledBack))
            return reply(ROLLED_BACK, failure, exchange);
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

    /** The failure and what is behind it; enterprise beans and the persistence provider wrap it several times. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    private static boolean isDatabaseGone(Throwable cause) {
        return cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLRecoverableException
                // the pool found no connection
                || cause instanceof ResourceException
                || cause instanceof SQLException sql && tellsOfConnection(sql.getSQLState());
    }

    /** SQLSTATE class 40: a deadlock, or transactions that cannot be put in order. Nothing was stored. */
    private static boolean isRolledBack(Throwable cause) {
        return cause instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith("40");
    }

    /** SQLSTATE class 08, connection exception; PostgreSQL's 57P01 to 57P03, shutting down or starting, and 53300, full. */
    private static boolean tellsOfConnection(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P0") || state.equals("53300"));
    }
}
