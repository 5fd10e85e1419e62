package dev.dcr.endpoint;

import dev.dcr.metrics.SlowedDown;
import dev.dcr.registration.Toll;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * One request's way past the {@link RateLimits}. Its source pays at the entrance, when nothing is known yet. If the caller
 * turns out to be a client, that client pays and the source gets its token back; if the caller failed to authenticate, the
 * source owes more.
 */
final class Passage implements Toll {
    /** What a failed authentication costs the source beyond the request itself. */
    static final int FAILURE = 4;

    private final RateLimits limits;
    private final String source;
    private final Optional<String> authorization;
    private boolean paidBySource;
    private boolean paidByClient;

    Passage(RateLimits limits, String source, Optional<String> authorization) {
        this.limits = limits;
        this.source = source;
        this.authorization = authorization;
    }

    void enter() {
        if (limits.sources().isEmpty()) return;
        var wait = limits.sources().get().take(source);
        paidBySource = wait.isEmpty();
        if (wait.isPresent() && authorization.filter(limits::isKnown).isEmpty())
            limits.refuse(SlowedDown.SOURCE, wait.get());
    }

    @Override
    public void chargeClient(String clientId) {
        if (limits.clients().isEmpty()) return;
        var wait = limits.clients().get().take(clientId);
        if (wait.isPresent()) limits.refuse(SlowedDown.CLIENT, wait.get());
        paidByClient = true;
    }

    @Override
    public void chargeSoftware(String software) {
        limits.takeOfSoftware(software);
    }

    /** The request was answered. A token that did not pay its way is no longer let in at the expense of nobody. */
    void end(int status) {
        limits.sources().ifPresent(sources -> {
            if (paidByClient) {
                if (paidBySource) sources.giveBack(source);
                authorization.ifPresent(limits::remember);
            } else {
                if (!paidBySource) authorization.ifPresent(limits::forget);
                if (status == HttpServletResponse.SC_UNAUTHORIZED) sources.owe(source, FAILURE);
            }
        });
    }
}
