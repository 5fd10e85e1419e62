package dev.dcr.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A sample extension service with all three extension points. Callers prove themselves as {@code dcr} by Basic-Auth or
 * OAuth2. A test may script what any point answers; unscripted, it does what {@link SampleRules} say.
 */
public final class ExtensionService {
    /** The user of Basic-Auth, and the {@code client_id} at the token endpoint. */
    public static final String USER = ExtensionTokens.USER;

    /** A bearer token that is always accepted. */
    public static final String FIXED_TOKEN = "sandbox-fixed-token";

    private final WebServer server;
    private final ExtensionTokens tokens;
    private final Recorder recorder = new Recorder();
    private final Map<Point, Deque<Answer>> next = new EnumMap<>(Point.class);
    private final Map<Point, Answer> always = new ConcurrentHashMap<>();

    /** Adds an extension service to a server; the password is also the secret at the token endpoint. */
    public ExtensionService(WebServer server, String password) {
        this.server = server;
        this.tokens = new ExtensionTokens(password, FIXED_TOKEN);
        for (var point : Point.values()) {
            next.put(point, new ConcurrentLinkedDeque<>());
            server.route("POST", "/extension/" + point.path(), call -> answer(point, call));
        }
        server.route("GET", "/extension/requests", call -> Reply.json(200, recorder.asJson()));
        server.route("POST", "/extension/revoke", call -> revoked());
    }

    /** {@code base_url} of the extension. */
    public URI baseUrl() {
        return server.url("/extension");
    }

    /** {@code token_endpoint} of the extension. */
    public URI tokenEndpoint() {
        return server.url("/extension/token");
    }

    /** The next calls of this point get these answers, one each; then it answers as before. */
    public void next(Point point, Answer... answers) {
        next.get(point).addAll(List.of(answers));
    }

    /** From now on this point answers like this. */
    public void always(Point point, Answer answer) {
        always.put(point, answer);
    }

    /** Forgets scripts, requests, counts and tokens. */
    public void reset() {
        next.values().forEach(Deque::clear);
        always.clear();
        recorder.clear();
        tokens.revokeAll();
    }

    /** The last requests to this point, oldest first; a hundred are kept of all points together. */
    public List<Received> requests(Point point) {
        return recorder.requests(point);
    }

    /** How often this point was called, refused calls included. */
    public int calls(Point point) {
        return recorder.calls(point);
    }

    /** Over how many TCP connections this point was called. */
    public int connections(Point point) {
        return recorder.connections(point);
    }

    /** For how long the tokens are valid that it issues from now on; {@code expires_in} says so in whole seconds. */
    public void tokenLifetime(Duration lifetime) {
        tokens.lifetime(lifetime);
    }

    /** No token issued so far is valid any more. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    private Reply answer(Point point, Call call) {
        var request = new Received(point, call);
        recorder.record(request);
        if (point == Point.TOKEN) return scripted(request).orElseGet(() -> tokens.issue(request, call.form()));
        if (!tokens.accepts(request))
            return Reply.empty(401).with("WWW-Authenticate", "Basic realm=\"sandbox\", Bearer error=\"invalid_token\"");
        return scripted(request).orElseGet(() -> SampleRules.answer(request));
    }

    private Optional<Reply> scripted(Received request) {
        return Optional.ofNullable(next.get(request.point()).poll())
                .or(() -> Optional.ofNullable(always.get(request.point())))
                .map(answer -> answer.to(request));
    }

    private Reply revoked() {
        revokeTokens();
        return Reply.empty(204);
    }
}
