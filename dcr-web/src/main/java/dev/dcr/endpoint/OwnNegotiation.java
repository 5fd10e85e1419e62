package dev.dcr.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps the headers of content negotiation from RESTEasy, which answers a malformed one with a stack trace in the log,
 * takes {@code q=0} for consent and lets a missing {@code Content-Type} pass. {@link Accept} and {@link RequestReader}
 * read them by name instead.
 */
final class OwnNegotiation extends HttpServletRequestWrapper {
    private static final Set<String> OURS = Set.of("accept", "accept-language", "content-type", "content-language");

    OwnNegotiation(HttpServletRequest request) {
        super(request);
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
