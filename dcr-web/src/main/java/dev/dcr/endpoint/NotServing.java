package dev.dcr.endpoint;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletContext;
import java.nio.ByteBuffer;
import org.jboss.logging.Logger;

/**
 * What WildFly refuses before any servlet sees it, because it is about to stop or not yet started, is answered like all
 * other refusals instead of by its HTML page.
 */
public class NotServing implements ServletExtension {
    private static final Logger LOG = Logger.getLogger(NotServing.class);
    private static final HttpString CORRELATION_ID = HttpString.tryFromString(CorrelationId.HEADER);
    private static final ErrorReply REFUSAL = ErrorReply.ofStatus(StatusCodes.SERVICE_UNAVAILABLE);

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> exchange -> {
            exchange.addDefaultResponseListener(NotServing::answer);
            next.handleRequest(exchange);
        });
    }

    /** @return whether this was one of those refusals */
    private static boolean answer(HttpServerExchange http) {
        if (http.getStatusCode() != REFUSAL.status()) return false;
        var id = CorrelationId.of(http.getRequestHeaders()::getFirst);
        var source = http.getSourceAddress().getAddress().getHostAddress();
        LOG.info(new Logfmt()
                .with("path", http.getRequestPath())
                .with("status", REFUSAL.status())
                .with("source", source)
                .with("correlation_id", id));
        var headers = http.getResponseHeaders();
        ReplyHeaders.DEFAULTS.forEach((name, value) -> headers.put(new HttpString(name), value));
        REFUSAL.retryAfter().ifPresent(wait -> headers.put(Headers.RETRY_AFTER, wait.toSeconds()));
        headers.put(CORRELATION_ID, id).put(Headers.CONTENT_TYPE, "application/json");
        http.setPersistent(false);
        http.getResponseSender().send(ByteBuffer.wrap(REFUSAL.json(id)));
        return true;
    }
}
