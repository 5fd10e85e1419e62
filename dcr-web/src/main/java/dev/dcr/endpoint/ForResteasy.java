package dev.dcr.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;

/**
 * A request without what RESTEasy would get wrong.
 *
 * <ul>
 *   <li>Headers of content negotiation: it answers a malformed one with a stack trace in the log, takes {@code q=0} for
 *       consent and lets a missing {@code Content-Type} pass. {@link Accept} and {@link RequestReader} read them by name.
 *   <li>Methods: it takes {@code delete} for {@code DELETE}, which is another (RFC 9110 §9.1), and would carry out what a
 *       proxy with rules about methods has let through as one that nobody knows.
 * </ul>
 */
final class ForResteasy extends HttpServletRequestWrapper {
    private static final Set<String> OURS = Set.of("accept", "accept-language", "content-type", "content-language");
    private static final String OF_NO_RESOURCE = "UNKNOWN";

    ForResteasy(HttpServletRequest request) {
        super(request);
    }

    @Override
    public String getMethod() {
        var method = super.getMethod();
        return method.equals(method.toUpperCase(Locale.ROOT)) ? method : OF_NO_RESOURCE;
    }

    @Override
    public String getContentType() {
        return null;
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !OURS.contains(name.toLowerCase(Locale.ROOT)))
                .toList());
    }
}
