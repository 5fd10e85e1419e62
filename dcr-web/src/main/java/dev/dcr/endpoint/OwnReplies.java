package dev.dcr.endpoint;

import dev.dcr.config.Network;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Every reply is ours: it bears the headers that are the same for all, and what the container refuses before any servlet
 * sees it (because it is about to stop or not yet started, or because the path is none of the world's business) is
 * answered like all other refusals instead of by an HTML page or by nothing.
 */
final class OwnReplies implements HttpHandler {
    private static final Logger LOG = Logger.getLogger(OwnReplies.class);
    private static final HttpString CONTENT_TYPE_OPTIONS = new HttpString("X-Content-Type-Options");
    private static final HttpString REFERRER_POLICY = new HttpString("Referrer-Policy");
    private static final HttpString FORWARDED_PROTO = new HttpString("X-Forwarded-Proto");
    private static final String A_YEAR = "max-age=31536000";
    private static final String HTTPS = "https";

    private final HttpHandler next;
    private final List<Network> trustedProxies;

    OwnReplies(HttpHandler next, List<Network> trustedProxies) {
        this.next = next;
        this.trustedProxies = trustedProxies;
    }

    @Override
    public void handleRequest(HttpServerExchange http) throws Exception {
        var headers = http.getResponseHeaders();
        headers.put(CONTENT_TYPE_OPTIONS, "nosniff").put(REFERRER_POLICY, "no-referrer");
        if (isSecure(http)) headers.put(Headers.STRICT_TRANSPORT_SECURITY, A_YEAR);
        http.addDefaultResponseListener(OwnReplies::answer);
        next.handleRequest(http);
    }

    /** RFC 6797 §7.2: over HTTPS alone, which may end at a trusted proxy. */
    private boolean isSecure(HttpServerExchange http) {
        if (http.getRequestScheme().equals(HTTPS)) return true;
        if (trustedProxies.isEmpty()) return false;
        var peer = http.getSourceAddress().getAddress();
        return HTTPS.equals(http.getRequestHeaders().getFirst(FORWARDED_PROTO))
                && trustedProxies.stream().anyMatch(proxy -> proxy.contains(peer));
    }

    /** @return whether there was a refusal to put into words */
    private static boolean answer(HttpServerExchange http) {
        var status = http.getStatusCode();
        if (status < StatusCodes.BAD_REQUEST) return false;
        var id = CorrelationId.of(http.getRequestHeaders()::getFirst);
        LOG.info(new Logfmt()
                .withPath("path", http.getRequestPath())
                .with("status", status)
                .with("source", http.getSourceAddress().getAddress().getHostAddress())
                .with("correlation_id", id));
        if (status == StatusCodes.SERVICE_UNAVAILABLE) http.setPersistent(false);
        ErrorReply.ofStatus(status).send(http, id);
        return true;
    }
}
