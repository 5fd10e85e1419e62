package dev.dcr.endpoint;

import dev.dcr.error.RegistrationError.InvalidToken;
import dev.dcr.error.RegistrationRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bearer token of a request, in the header alone (RFC 6750 §2.1): a token in the query would end up in logs. */
final class BearerToken {
    private static final String SCHEME = "Bearer";
    /** RFC 6750 §2.1, {@code b64token}; a run of blanks may precede it (RFC 9110 §11.4). */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i:" + SCHEME + ") +([A-Za-z0-9._~+/-]+=*) *");

    private BearerToken() {}

    static Optional<String> of(HttpServletRequest request) {
        return of(headers(request));
    }

    /**
     * @param authorization all {@code Authorization} headers of the request
     * @return empty where none of them speaks of a bearer token
     * @throws RegistrationRefused as {@code invalid_token} for a header that is malformed or not the only one
     */
    static Optional<String> of(List<String> authorization) {
        if (authorization.stream().noneMatch(BearerToken::isBearer)) return Optional.empty();
        var credentials = CREDENTIALS.matcher(authorization.get(0));
        if (authorization.size() > 1 || !credentials.matches())
            throw new RegistrationRefused(new InvalidToken("the Authorization header is malformed"));
        return Optional.of(credentials.group(1));
    }

    /** Whether the caller tried to present a token, be it well-formed or not. */
    static boolean isPresented(HttpServletRequest request) {
        return headers(request).stream().anyMatch(BearerToken::isBearer);
    }

    private static List<String> headers(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    }

    private static boolean isBearer(String header) {
        var scheme = header.strip().split("[ \t]", 2)[0];
        return scheme.equalsIgnoreCase(SCHEME);
    }
}
