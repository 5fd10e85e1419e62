package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import dev.dcr.error.RegistrationError.SlowDown;
import dev.dcr.error.RegistrationRefused;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** Refuses what a source asks too often ({@code dcr.rate_limit}); reading the documentation is free. */
@Provider
@PreMatching
@Priority(BasePath.FIRST + 2)
@ApplicationScoped
public class RateLimitFilter implements ContainerRequestFilter {
    @Inject
    HttpConfig config;

    @Context
    HttpServletRequest request;

    private Optional<RateLimit> limit = Optional.empty();

    @PostConstruct
    void configure() {
        if (config.requestsPerMinute() > 0)
            limit = Optional.of(
                    new RateLimit(config.requestsPerMinute(), Math.max(1, config.burst()), System::nanoTime));
    }

    @Override
    public void filter(ContainerRequestContext context) {
        if (limit.isEmpty() || !isLimited(context.getUriInfo().getRequestUri().getRawPath())) return;
        var wait = limit.get().take(Exchange.of(request).origin().sourceAddress());
        if (wait.isPresent()) throw new RegistrationRefused(new SlowDown(wait.get()));
    }

    private static boolean isLimited(String path) {
        return BasePath.isEndpoint(path) || path.startsWith("/admin/");
    }
}
