package dev.dcr.endpoint;

import dev.dcr.config.RateLimitConfig;
import dev.dcr.metrics.SlowedDown;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
        if (limits.isEmpty() || !isLimited(context.getUriInfo().getRequestUri().getRawPath())) return;
        var exchange = Exchange.of(request);
        var source = exchange.origin().sourceAddress();
        exchange.passesBy(limits.get().enter(source, request.getHeader(HttpHeaders.AUTHORIZATION)));
    }

    private static boolean isLimited(String path) {
        return BasePath.isEndpoint(path) || path.startsWith("/admin/");
    }
}
