package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import dev.dcr.metrics.TurnedAway;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.handlers.security.SSLInformationAssociationHandler;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.function.Consumer;

/** What stands before the application in the server, where a request has no thread of its own yet. */
public final class Intake implements ServletExtension {
    /** Buffers lie outside the heap, where there is as much room as in it; a share of both is for those who are waited for. */
    private static final int SHARE_OF_WAITING = 8;

    /** How long a reply may take to be read: as long as a request may take to come. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var beans = CDI.current();
        var config = beans.select(HttpConfig.class).get();
        var events = beans.getBeanManager().getEvent().select(TurnedAway.class);
        deployment.addInitialHandlerChainWrapper(next -> before(next, config, events::fire));
        // the certificate of the connection, which the server tells only where it has people log in
        deployment.addInnerHandlerChainWrapper(SSLInformationAssociationHandler::new);
    }

    static HttpHandler before(HttpHandler next, HttpConfig config, Consumer<TurnedAway> turnedAway) {
        var share = Runtime.getRuntime().maxMemory() / SHARE_OF_WAITING;
        var replies = new WaitingMemory(share, turnedAway);
        var crowd = new Crowd(next, config.maxConcurrentRequests(), replies, PATIENCE, turnedAway);
        var body = new WholeBody(crowd, config.maxBodyBytes(), new WaitingMemory(share, turnedAway));
        return new IoThreadCompletion(new OwnReplies(body, config.trustedProxies()));
    }
}
