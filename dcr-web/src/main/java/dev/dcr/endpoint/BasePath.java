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
import java.util.regex.Pattern;

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

    private static final String CLIENTS = "/register/";

    /** To RESTEasy the second slash would say nothing; it is the name of a client, if of none that exists. */
    private static final String CLIENT_OF_A_SLASH = CLIENTS + "/";

    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*+");

    @Inject
    HttpConfig config;

    @Context
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        var requested = context.getUriInfo().getRequestUri();
        var path = withoutParameters(requested.getRawPath());
        if (!path.equals(requested.getRawPath())) redirect(context, path);
        var prefix = config.basePath();
        if (!prefix.isEmpty()) {
            if (isEndpoint(path)) throw new NotFoundException();
            if (path.startsWith(prefix + '/')) {
                path = path.substring(prefix.length());
                redirect(context, path);
            }
        }
        if (path.equals(CLIENT_OF_A_SLASH)) redirect(context, path + '/');
        if (isEndpoint(path)) Exchange.of(request).asksFor(Operation.of(context.getMethod()));
    }

    /** Nothing here takes parameters of path segments. JAX-RS matches without them; so must whoever compares paths. */
    private static String withoutParameters(String path) {
        return path.indexOf(';') < 0 ? path : PARAMETERS.matcher(path).replaceAll("");
    }

    private static void redirect(ContainerRequestContext context, String path) {
        context.setRequestUri(UriBuilder.fromUri(context.getUriInfo().getRequestUri())
                .replacePath(path)
                .build());
    }

    /** Whether the path, without its prefix, is the registration endpoint or a client's. */
    static boolean isEndpoint(String path) {
        return path.equals("/register") || path.startsWith(CLIENTS);
    }

    /** Whether the path, without its prefix, is a client's. */
    static boolean isClient(String path) {
        return path.startsWith(CLIENTS) && path.length() > CLIENTS.length();
    }
}
