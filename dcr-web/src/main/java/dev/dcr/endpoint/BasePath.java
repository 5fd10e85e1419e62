package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import dev.dcr.metrics.Operation;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;

/**
 * Moves the endpoint below {@code dcr.base_path}: with a prefix, {@code /register} itself is no longer there. The other
 * paths answer with and without it.
 */
@Provider
@PreMatching
@Priority(BasePath.FIRST)
@ApplicationScoped
public class BasePath implements ContainerRequestFilter {
    static final int FIRST = 100;

    @Inject
    HttpConfig config;

    @Context
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        var requested = context.getUriInfo().getRequestUri();
        var path = requested.getRawPath();
        var prefix = config.basePath();
        if (!prefix.isEmpty()) {
            if (isEndpoint(path)) throw new NotFoundException();
            if (path.startsWith(prefix + '/')) {
                path = path.substring(prefix.length());
                context.setRequestUri(
                        UriBuilder.fromUri(requested).replacePath(path).build());
            }
        }
        if (isEndpoint(path)) Exchange.of(request).asksFor(Operation.of(context.getMethod()));
    }

    /** Whether the path, without its prefix, is the registration endpoint or a client's. */
    static boolean isEndpoint(String path) {
        return path.equals("/register") || path.startsWith("/register/");
    }
}
