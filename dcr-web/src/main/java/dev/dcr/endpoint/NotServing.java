package dev.dcr.endpoint;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletContext;
import org.jboss.logging.Logger;

/**
 * What WildFly refuses before any servlet sees it, because it is about to stop or not yet started, is answered like all
 * other refusals instead of by its HTML page.
 */
public class NotServing implements ServletExtension {
    private static final Logger LOG = Logger.getLogger(NotServing.class);
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
        http.setPersistent(false);
        REFUSAL.send(http, id);
        return true;
    }
}
