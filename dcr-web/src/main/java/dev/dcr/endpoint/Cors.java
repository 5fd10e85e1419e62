package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets browser clients of {@code dcr.cors.allowed_origins} register (Fetch standard, "CORS protocol"). Credentials of
 * the browser are never admitted: this endpoint knows bearer tokens alone.
 */
@Provider
@PreMatching
@Priority(BasePath.FIRST + 1)
@ApplicationScoped
public class Cors implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String ORIGIN = "Origin";
    private static final String ANY = "*";

    @Inject
    HttpConfig config;

    /** Answers the pre-flight request of an allowed origin; any other OPTIONS goes its usual way. */
    @Override
    public void filter(ContainerRequestContext request) {
        var preflight = request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaderString("Access-Control-Request-Method") != null;
        if (preflight && isAllowed(request))
            request.abortWith(Response.noContent()
                    .header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
                    .header(
                            "Access-Control-Allow-Headers",
                            "Authorization, DPoP, Content-Type, If-Match, X-Correlation-ID, x-fapi-interaction-id")
                    .header("Access-Control-Max-Age", 3600)
                    .build());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (config.allowedOrigins().isEmpty() || !isEndpoint(request)) return;
        var headers = response.getHeaders();
        headers.add(HttpHeaders.VARY, ORIGIN);
        if (!isAllowed(request)) return;
        headers.putSingle("Access-Control-Allow-Origin", allowsAny() ? ANY : request.getHeaderString(ORIGIN));
        headers.putSingle(
                "Access-Control-Expose-Headers",
                "X-Correlation-ID, x-fapi-interaction-id, WWW-Authenticate, Retry-After, ETag");
    }

    private boolean isAllowed(ContainerRequestContext request) {
        var origin = request.getHeaderString(ORIGIN);
        return origin != null
                && isEndpoint(request)
                && (allowsAny() || config.allowedOrigins().contains(origin));
    }

    private boolean allowsAny() {
        return config.allowedOrigins().contains(ANY);
    }

    private static boolean isEndpoint(ContainerRequestContext request) {
        return BasePath.isEndpoint(request.getUriInfo().getRequestUri().getRawPath());
    }
}
