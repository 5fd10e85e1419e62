package dev.dcr.extension;

import dev.dcr.extension.BoundedCalls.Reply;
import dev.dcr.extension.ExtensionConfig.Security;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The operator's extension service, called until it answers: {@code retry_count} times at most, and not at all for a
 * while after it was out of reach several times in a row. Only outages count; an answer, whatever it says, is an answer.
 */
class ExtensionService implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExtensionService.class);

    private final BoundedCalls calls;
    private final ExtensionApi api;
    private final Authorization authorization;
    private final CircuitBreaker<Reply> breaker;
    private final FailsafeExecutor<Reply> resilient;
    /** Not Failsafe's bulkhead, which in 3.3 loses a place with each request that finds none. */
    private final Semaphore places;

    ExtensionService(URI baseUrl, ExtensionConfig config, Clock clock) {
        places = new Semaphore(config.maxConcurrentCalls());
        calls = new BoundedCalls(config.maxConcurrentCalls(), config.connectTimeout(), config.readTimeout());
        api = calls.client(ExtensionApi.class, baseUrl);
        authorization = authorization(config.security(), calls, clock);
        breaker = CircuitBreaker.<Reply>builder()
                .handle(Outage.class)
                .withFailureThreshold(config.breakerFailures())
                .withDelay(config.breakerDelay())
                .onOpen(event -> LOG.warnf(
                        "extension service is left alone for %d s",
                        config.breakerDelay().toSeconds()))
                .onClose(event -> LOG.info("extension service is back"))
                .build();
        var retry = RetryPolicy.<Reply>builder()
                .handle(Outage.class)
                .withMaxAttempts(config.attempts())
                .build();
        resilient = Failsafe.with(breaker, retry);
    }

    /**
     * Asks the service.
     *
     * @throws Outage                      if no attempt reached it
     * @throws CircuitBreakerOpenException if it is left alone at present
     * @throws TooManyWaiting              if too many wait for its answer already
     * @throws ContractBreach              if its reply is too large, or its token endpoint refuses
     */
    Reply ask(ExtensionPoint point, byte[] request) {
        var correlationId = MDC.get("correlation_id") instanceof String id && !id.isBlank() ? id : null;
        if (!places.tryAcquire()) throw new TooManyWaiting();
        try {
            return resilient.get(() -> attempt(point, correlationId, request));
        } finally {
            places.release();
        }
    }

    /** How long the service will be left alone still. */
    Duration leftAloneFor() {
        return breaker.getRemainingDelay();
    }

    @Override
    public void close() {
        calls.close();
    }

    private Reply attempt(ExtensionPoint point, String correlationId, byte[] request) {
        var header = authorization.header();
        var reply = attempt(point, header, correlationId, request);
        if (reply.status() != 401 || header.isEmpty()) return reply;
        var another = authorization.insteadOf(header.get());
        return another.isEmpty() ? reply : attempt(point, another, correlationId, request);
    }

    private Reply attempt(ExtensionPoint point, Optional<String> header, String correlationId, byte[] request) {
        var sent = header.orElse(null);
        return calls.call(() -> switch (point) {
            case PRE_PROCESS_CLIENT_CREATION -> api.preProcessClientCreation(sent, correlationId, request);
            case PRE_PROCESS_CLIENT_UPDATE -> api.preProcessClientUpdate(sent, correlationId, request);
            case PRE_PROCESS_CLIENT_RETRIEVAL -> api.preProcessClientRetrieval(sent, correlationId, request);
        });
    }

    private static Authorization authorization(Security security, BoundedCalls calls, Clock clock) {
        if (security instanceof Security.Basic basic) return Authorization.basic(basic.username(), basic.password());
        if (security instanceof Security.FixedToken fixed) return Authorization.bearer(fixed.token());
        if (security instanceof Security.ClientCredentials credentials) {
            var api = calls.client(TokenApi.class, credentials.tokenEndpoint());
            return new FetchedTokens(credentials, calls, api, clock);
        }
        return Authorization.none();
    }
}
