package dev.dcr.endpoint;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import jakarta.servlet.ServletContext;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What WildFly refuses before any servlet sees it, because it is about to stop or not yet started, is answered like all
 * other refusals instead of by its HTML page.
 */
public class NotServing implements ServletExtension {
    private static final Logger LOG = Logger.getLogger(NotServing.class);
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_AFTER_SECONDS = 1; // another node may be asked at once

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> exchange -> {
            exchange.addDefaultResponseListener(NotServing::answer);
            next.handleRequest(exchange);
        });
    }

    /** @return whether this was one of those refusals */
    private static boolean answer(HttpServerExchange http) {
        if (http.getStatusCode() != UNAVAILABLE) return false;
        var id = UUID.randomUUID().toString();
        var source = http.getSourceAddress().getAddress().getHostAddress();
        LOG.info(new Logfmt()
                .with("path", http.getRequestPath())
                .with("status", UNAVAILABLE)
                .with("source", source)
                .with("correlation_id", id));
        var headers = http.getResponseHeaders();
        ReplyHeaders.DEFAULTS.forEach((name, value) -> headers.put(new HttpString(name), value));
        headers.put(Headers.CONTENT_TYPE, "application/json");
        headers.put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
        http.setPersistent(false);
        http.getResponseSender()
                .send(ByteBuffer.wrap(ErrorReply.ofStatus(UNAVAILABLE).json(id)));
        return true;
    }
}
