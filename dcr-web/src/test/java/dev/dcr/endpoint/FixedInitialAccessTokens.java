package dev.dcr.endpoint;

import dev.dcr.access.InitialAccessTokens;
import dev.dcr.access.IssuedInitialAccessToken;
import dev.dcr.audit.OperatorRequest;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Issues the same token always, and remembers what it was asked for. */
class FixedInitialAccessTokens extends InitialAccessTokens {
    record Asked(Duration lifetime, int uses, JsonObject policy) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();

    @Override
    public IssuedInitialAccessToken issue(Duration lifetime, int uses, JsonObject policy, OperatorRequest by) {
        asked.add(new Asked(lifetime, uses, policy));
        return new IssuedInitialAccessToken("iat", Instant.ofEpochSecond(1700000000), uses);
    }
}
