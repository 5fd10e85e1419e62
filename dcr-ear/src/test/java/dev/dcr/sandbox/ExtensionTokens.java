package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may call the extension service: one user, by Basic (RFC 7617), by a bearer token fetched with the same
 * credentials (RFC 6749 §4.4, RFC 6750), or by a fixed bearer token.
 */
final class ExtensionTokens {
    static final String USER = "dcr";
    private static final int MAX_TOKENS = 10_000;

    private final String password;
    private final String fixedToken;
    private final Map<String, Instant> expiryByToken = new ConcurrentHashMap<>();
    private volatile Duration lifetime = Duration.ofMinutes(5);

    ExtensionTokens(String password, String fixedToken) {
        this.password = password;
        this.fixedToken = fixedToken;
    }

    void lifetime(Duration duration) {
        lifetime = duration;
    }

    void revokeAll() {
        expiryByToken.clear();
    }

    boolean accepts(Received request) {
        var authorization = request.header("Authorization").orElse("");
        return authorization.equals("Basic " + basic(USER, password)) || acceptsBearer(authorization);
    }

    private boolean acceptsBearer(String authorization) {
        if (!authorization.startsWith("Bearer ")) return false;
        var token = authorization.substring("Bearer ".length());
        return token.equals(fixedToken)
                || Optional.ofNullable(expiryByToken.get(token))
                        .filter(expiry -> Instant.now().isBefore(expiry))
                        .isPresent();
    }

    /** RFC 6749 §4.4.2 and §5. The client's credentials come as Basic or in the form (§2.3.1). */
    Reply issue(Received request, Map<String, String> form) {
        if (!accepts(request) && !credentialsIn(form))
            return refused(401, "invalid_client").with("WWW-Authenticate", "Basic realm=\"sandbox\"");
        if (!"client_credentials".equals(form.get("grant_type"))) return refused(400, "unsupported_grant_type");
        return Reply.json(
                        200,
                        Json.object(Map.of(
                                "access_token", newToken(),
                                "token_type", "Bearer",
                                "expires_in", lifetime.toSeconds())))
                .with("Cache-Control", "no-store");
    }

    private boolean credentialsIn(Map<String, String> form) {
        return USER.equals(form.get("client_id")) && password.equals(form.get("client_secret"));
    }

    private String newToken() {
        var now = Instant.now();
        expiryByToken.values().removeIf(now::isAfter);
        if (expiryByToken.size() >= MAX_TOKENS) throw new IllegalArgumentException("too many living tokens");
        var token = UUID.randomUUID().toString();
        expiryByToken.put(token, now.plus(lifetime));
        return token;
    }

    private static Reply refused(int status, String error) {
        return Reply.json(status, Json.object(Map.of("error", error)));
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
}
