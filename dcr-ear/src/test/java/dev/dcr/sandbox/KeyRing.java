package dev.dcr.sandbox;

import com.nimbusds.jose.JWSAlgorithm;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The keys of one party, one for each algorithm, made when first asked for, and their publication as a JWK set. */
public final class KeyRing {
    private final Map<JWSAlgorithm, SigningKey> keys = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();

    /** The current key for this algorithm. */
    public SigningKey key(JWSAlgorithm algorithm) {
        return keys.computeIfAbsent(algorithm, SigningKey::generate);
    }

    /** Replaces every key; the old ones are no longer published. */
    public void rotate() {
        keys.replaceAll((algorithm, old) -> SigningKey.generate(algorithm));
    }

    /** How often the published set was fetched. */
    public int fetches() {
        return fetches.get();
    }

    /** RFC 7517 §5: the public halves. */
    public JsonObject jwks() {
        var publicHalves = keys.values().stream()
                .map(key -> key.jwk().toPublicJWK().toJSONObject())
                .toList();
        return Json.object(Map.of("keys", publicHalves));
    }

    Reply published() {
        fetches.incrementAndGet();
        return Reply.json(200, jwks());
    }
}
