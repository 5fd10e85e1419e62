package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import dev.dcr.health.Serving;
import dev.dcr.metrics.Answered;
import dev.dcr.registration.Origin;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The outermost layer of every request in the application: its correlation id, one log line and one measurement at its
 * end. A servlet filter, because JAX-RS does not see the requests that fail before it.
 */
@WebFilter("/*")
public class RequestLog extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger("dcr.request");
    private static final Logger FAULTS = Logger.getLogger(RequestLog.class);
    private static final String CORRELATION_FIELD = "correlation_id";

    @Inject
    transient HttpConfig config;

    @Inject
    transient Serving serving;

    transient Consumer<Answered> answered;

    @Inject
    void announceTo(Event<Answered> event) {
        answered = event::fire;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var started = System.nanoTime();
        var exchange =
                new Exchange(new Origin(CorrelationId.of(request::getHeader), SourceAddress.of(request, config)));
        exchange.open(request);
        MDC.put(CORRELATION_FIELD, exchange.origin().correlationId());
        try {
            setHeaders(request, response, exchange);
            proceed(new ForResteasy(request), new JsonErrors(response, exchange), chain);
        } finally {
            finish(request, response.getStatus(), exchange, Duration.ofNanos(System.nanoTime() - started));
            MDC.remove(CORRELATION_FIELD);
        }
    }

    private static void proceed(HttpServletRequest request, JsonErrors response, FilterChain chain) throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (Exception failure) {
            FAULTS.errorf(failure, "request failed outside the endpoint");
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    private void setHeaders(HttpServletRequest request, HttpServletResponse response, Exchange exchange) {
        response.setHeader(CorrelationId.HEADER, exchange.origin().correlationId());
        var interaction = request.getHeader(CorrelationId.INTERACTION_HEADER);
        if (CorrelationId.isSafe(interaction)) response.setHeader(CorrelationId.INTERACTION_HEADER, interaction);
        // RFC 9112 §9.6: the next request of this connection had better go to another node
        if (serving.isLeaving() && request.getProtocol().startsWith("HTTP/1."))
            response.setHeader("Connection", "close");
    }

    private void finish(HttpServletRequest request, int status, Exchange exchange, Duration taken) {
        exchange.answered(status);
        exchange.operation().ifPresent(operation -> answered.accept(new Answered(operation, exchange.error(), taken)));
        var line = new Logfmt()
                .with("method", request.getMethod())
                .withPath("path", request.getRequestURI())
                .with("status", status)
                .with("duration_ms", taken.toMillis());
        exchange.clientId().ifPresent(id -> line.withPath("client_id", id));
        exchange.error().ifPresent(code -> line.with("error", code));
        LOG.info(line.with("source", exchange.origin().sourceAddress())
                .with(CORRELATION_FIELD, exchange.origin().correlationId()));
    }
}
