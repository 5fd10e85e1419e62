package dev.dcr.endpoint;

import static jakarta.ws.rs.core.HttpHeaders.CACHE_CONTROL;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** What every reply says unless its resource says otherwise: RFC 7591 §3.2.1 forbids caches to keep credentials. */
@Provider
@ApplicationScoped
public class ReplyHeaders implements ContainerResponseFilter {
    private static final String PRAGMA = "Pragma";

    static final Map<String, String> DEFAULTS = Map.of(
            CACHE_CONTROL,
            "no-store",
            PRAGMA,
            "no-cache",
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        // a reply that may be cached says so, and neither header must contradict it
        var cacheable = headers.containsKey(CACHE_CONTROL);
        DEFAULTS.forEach((name, value) -> {
            if (!(headers.containsKey(name) || cacheable && name.equals(PRAGMA))) headers.putSingle(name, value);
        });
    }
}
