package dev.dcr.extension;

import dev.dcr.error.RegistrationError;
import dev.dcr.error.RegistrationError.RefusedByExtension;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.extension.ExtensionAnswer.Refusal;
import dev.dcr.extension.ExtensionAnswer.Success;
import dev.failsafe.CircuitBreakerOpenException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The operator's say in what is registered and shown, by an HTTP service of his own. */
@ApplicationScoped
public class Extensions {
    private static final Logger LOG = Logger.getLogger(Extensions.class);
    private static final String OUT_OF_REACH = "the operator's extension service is out of reach";

    @Inject
    ExtensionConfig config;

    @Inject
    ExtensionMeters meters;

    @Inject
    Clock clock;

    private Optional<ExtensionService> service = Optional.empty();

    @PostConstruct
    void open() {
        service = config.baseUrl().map(baseUrl -> new ExtensionService(baseUrl, config, clock));
    }

    @PreDestroy
    void close() {
        service.ifPresent(ExtensionService::close);
    }

    /**
     * Asks the service, where it is configured for this point.
     *
     * @return the argument with what the service made of it
     * @throws RegistrationRefused if the service refuses (4xx), breaks its contract (502) or is out of reach (503)
     */
    public Consultable ask(ExtensionPoint point, Consultable asked) {
        if (!config.asks(point)) return asked;
        var requestId = UUID.randomUUID().toString();
        var started = System.nanoTime();
        var outcome = "failed";
        try {
            var answer = answer(point, asked, requestId);
            outcome = answer instanceof Success ? "success" : "refused";
            if (answer instanceof Success success) return success.appliedTo(asked, point, config.merge());
            throw refused((Refusal) answer);
        } catch (ContractBreach e) {
            outcome = "broken";
            LOG.errorf("extension broke its contract: %s (%s, requestId %s)", e.getMessage(), point, requestId);
            throw new RegistrationRefused(new RegistrationError.ExtensionBroke(
                    "the operator's extension service gave no valid answer (request " + requestId + ")"));
        } catch (Outage e) {
            outcome = "unavailable";
            LOG.warnf("extension out of reach: %s (%s, requestId %s)", e.getMessage(), point, requestId);
            throw unavailable(OUT_OF_REACH, config.breakerDelay());
        } catch (CircuitBreakerOpenException e) {
            outcome = "unavailable";
            throw unavailable(OUT_OF_REACH, service.orElseThrow().leftAloneFor());
        } catch (TooManyWaiting e) {
            outcome = "unavailable";
            throw unavailable("too many requests wait for the operator's extension service", Duration.ofSeconds(1));
        } finally {
            meters.record(point, outcome, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private ExtensionAnswer answer(ExtensionPoint point, Consultable asked, String requestId) {
        var request = ExtensionRequest.of(point, asked, requestId);
        return AnswerReader.read(service.orElseThrow().ask(point, request), requestId);
    }

    private static RegistrationRefused refused(Refusal refusal) {
        return new RegistrationRefused(new RefusedByExtension(refusal.status(), refusal.kind(), refusal.description()));
    }

    /** RFC 9110 §10.2.3 counts in whole seconds. */
    private static RegistrationRefused unavailable(String what, Duration wait) {
        var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new RegistrationRefused(new RegistrationError.Unavailable(what, Duration.ofSeconds(seconds)));
    }
}
