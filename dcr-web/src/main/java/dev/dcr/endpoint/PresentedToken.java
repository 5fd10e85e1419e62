package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The token of a request, in the header alone (RFC 6750 §2.1): a token in the query would end up in logs.
 *
 * @param scheme how it is presented
 * @param value  the token itself
 */
record PresentedToken(Scheme scheme, String value) {

    /** Whether a token speaks for whoever bears it, or comes with a proof (RFC 9449 §7.1). */
    enum Scheme {
        BEARER("Bearer"),
        DPOP("DPoP");

        private final String scheme;
        private final Pattern credentials;

        /** RFC 6750 §2.1, {@code b64token}; a run of blanks may precede it (RFC 9110 §11.4). */
        Scheme(String scheme) {
            this.scheme = scheme;
            credentials = Pattern.compile("(?i:" + scheme + ") +([A-Za-z0-9._~+/-]+=*) *");
        }

        @Override
        public String toString() {
            return scheme;
        }

        private boolean isOf(String header) {
            return header.strip().split("[ \t]", 2)[0].equalsIgnoreCase(scheme);
        }
    }

    static Optional<PresentedToken> of(HttpServletRequest request) {
        return of(headers(request));
    }

    /**
     * @param authorization all {@code Authorization} headers of the request
     * @return empty where none of them speaks of a token
     * @throws RegistrationRefused as {@code invalid_token} for a header that is malformed or not the only one
     */
    static Optional<PresentedToken> of(List<String> authorization) {
        var scheme = scheme(authorization);
        if (scheme.isEmpty()) return Optional.empty();
        var credentials = scheme.get().credentials.matcher(authorization.get(0));
        if (authorization.size() > 1 || !credentials.matches())
            throw new RegistrationRefused(new InvalidToken("the Authorization header is malformed"));
        return Optional.of(new PresentedToken(scheme.get(), credentials.group(1)));
    }

    /** The scheme by which the caller tried to present a token, be it well-formed or not. */
    static Optional<Scheme> scheme(HttpServletRequest request) {
        return scheme(headers(request));
    }

    private static Optional<Scheme> scheme(List<String> authorization) {
        return Arrays.stream(Scheme.values())
                .filter(scheme -> authorization.stream().anyMatch(scheme::isOf))
                .findFirst();
    }

    private static List<String> headers(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    }

    @Override
    public String toString() {
        return scheme + " ...";
    }
}
