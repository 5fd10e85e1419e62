package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.config.RateLimitConfig;
import dev.dcr.error.RegistrationError.SlowDown;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.metrics.SlowedDown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who pays for a request, and that nobody can be made to pay for another's. */
class RateLimitsTest {
    private static final String NAT = "192.0.2.1";
    private static final String TOKEN = "Bearer good";
    private static final int BURST = 5;

    final AtomicLong now = new AtomicLong(42);
    final List<SlowedDown> slowedDown = new ArrayList<>();
    final RateLimits limits = new RateLimits(new RateLimitConfig(60, 60, 60, BURST), now::get, slowedDown::add);

    @Test
    void manyClientsBehindOneAddressPayEachForItself() {
        for (var client = 0; client < 50; client++) manage("client-" + client, "Bearer " + client);
        assertThat(slowedDown).isEmpty();
    }

    @Test
    void creationsAreTheSourcesToPay() {
        for (var i = 0; i < BURST; i++) limits.enter(NAT, null).end(201);
        refusedBy(SlowedDown.SOURCE, () -> limits.enter(NAT, null));
        limits.enter("192.0.2.2", null);
    }

    @Test
    void aNeighbourWhoUsesUpTheAddressLocksNoKnownClientOut() {
        manage("client", TOKEN);
        exhaustTheSource();
        for (var i = 1; i < BURST; i++) manage("client", TOKEN);
        refusedBy(SlowedDown.SOURCE, () -> limits.enter(NAT, "Bearer never seen"));
        refusedBy(SlowedDown.SOURCE, () -> limits.enter(NAT, null));
    }

    @Test
    void aClientOverItsLimitIsHeldOffAtTheEntrance() {
        manage("client", TOKEN);
        exhaustTheSource();
        for (var i = 1; i < BURST; i++) manage("client", TOKEN);
        refusedBy(SlowedDown.CLIENT, () -> manage("client", TOKEN));
        refusedBy(SlowedDown.SOURCE, () -> manage("client", TOKEN));
    }

    @Test
    void aTokenThatIsNoLongerGoodIsKnownNoLonger() {
        manage("client", TOKEN);
        exhaustTheSource();
        limits.enter(NAT, TOKEN).end(401);
        refusedBy(SlowedDown.SOURCE, () -> limits.enter(NAT, TOKEN));
    }

    @Test
    void aKnownClientThatSendsRubbishIsKnownNoLonger() {
        manage("client", TOKEN);
        exhaustTheSource();
        limits.enter(NAT, TOKEN).end(400);
        refusedBy(SlowedDown.SOURCE, () -> limits.enter(NAT, TOKEN));
    }

    @Test
    void failedAuthenticationsCostFiveTimesAsMuch() {
        for (var i = 0; i < BURST; i++) limits.enter(NAT, "Bearer guess").end(401);
        assertThat(refusal(() -> limits.enter(NAT, null)).retryAfter()).isEqualTo(Duration.ofSeconds(4 * BURST + 1));
    }

    @Test
    void theSourceGetsBackNoMoreThanItPaid() {
        limits.enter(NAT, null).end(201);
        for (var i = 0; i < BURST; i++) manage("client", TOKEN);
        for (var i = 1; i < BURST; i++) limits.enter(NAT, null).end(201);
        refusedBy(SlowedDown.SOURCE, () -> limits.enter(NAT, null));
    }

    @Test
    void softwareHasItsShareWhereverItComesFrom() {
        for (var i = 0; i < BURST; i++) limits.enter("192.0.2." + i, null).chargeSoftware("directory one");
        refusedBy(SlowedDown.SOFTWARE, () -> limits.enter("192.0.2.99", null).chargeSoftware("directory one"));
        limits.enter("192.0.2.99", null).chargeSoftware("directory two");
    }

    @Test
    void withoutALimitForClientsTheSourcePaysForAll() {
        var sourcesAlone = new RateLimits(new RateLimitConfig(60, 0, 0, 1), now::get, slowedDown::add);
        var passage = sourcesAlone.enter(NAT, TOKEN);
        passage.chargeClient("client");
        passage.end(200);
        refusedBy(SlowedDown.SOURCE, () -> sourcesAlone.enter(NAT, TOKEN));
    }

    @Test
    void withoutALimitForSourcesClientsAreLimitedAllTheSame() {
        var clientsAlone = new RateLimits(new RateLimitConfig(0, 60, 0, 1), now::get, slowedDown::add);
        clientsAlone.enter(NAT, TOKEN).chargeClient("client");
        refusedBy(SlowedDown.CLIENT, () -> clientsAlone.enter(NAT, TOKEN).chargeClient("client"));
    }

    private void manage(String client, String authorization) {
        var passage = limits.enter(NAT, authorization);
        try {
            passage.chargeClient(client);
            passage.end(200);
        } catch (RegistrationRefused refused) {
            passage.end(429);
            throw refused;
        }
    }

    private void exhaustTheSource() {
        for (var i = 0; i < BURST; i++) limits.enter(NAT, null).end(201);
        refusedBy(SlowedDown.SOURCE, () -> limits.enter(NAT, null));
    }

    private void refusedBy(SlowedDown limit, Runnable request) {
        slowedDown.clear();
        refusal(request);
        assertThat(slowedDown).containsExactly(limit);
    }

    private static SlowDown refusal(Runnable request) {
        var refused = new ArrayList<SlowDown>();
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(RegistrationRefused.class, refusal -> refused.add((SlowDown) refusal.error()));
        return refused.get(0);
    }
}
