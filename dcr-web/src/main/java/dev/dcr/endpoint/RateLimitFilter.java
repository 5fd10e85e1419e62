package dev.dcr.endpoint;

import dev.dcr.config.RateLimitConfig;
import dev.dcr.metrics.SlowedDown;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.function.Consumer;

/** Refuses what is asked too often ({@code dcr.rate_limit}); reading the documentation is free. */
@Provider
@PreMatching
@Priority(BasePath.FIRST + 2)
@ApplicationScoped
public class RateLimitFilter implements ContainerRequestFilter {
    @Inject
    RateLimitConfig config;

    @Context
    HttpServletRequest request;

    Consumer<SlowedDown> slowedDown;

    private Optional<RateLimits> limits = Optional.empty();

    @Inject
    void announceTo(Event<SlowedDown> event) {
        slowedDown = event::fire;
    }

    @PostConstruct
    void configure() {
        if (config.isOn()) limits = Optional.of(new RateLimits(config, System::nanoTime, slowedDown));
    }

    @Override
    public void filter(ContainerRequestContext context) {
        var path = context.getUriInfo().getRequestUri().getRawPath();
        if (limits.isEmpty() || !isLimited(path)) return;
        var exchange = Exchange.of(request);
        var source = exchange.origin().sourceAddress();
        var authorization = manages(path) ? request.getHeader(HttpHeaders.AUTHORIZATION) : null;
        exchange.passesBy(limits.get().enter(source, authorization));
    }

    /**
     * Whether a client may have to pay in place of the source: nobody else's request is that client's, whatever it bears.
     * Methods count as well as paths, for no spelling of a path may let a registration pass for management.
     */
    private boolean manages(String path) {
        return BasePath.isClient(path) && !HttpMethod.POST.equals(request.getMethod());
    }

    private static boolean isLimited(String path) {
        return BasePath.isEndpoint(path) || path.startsWith("/admin/");
    }
}
