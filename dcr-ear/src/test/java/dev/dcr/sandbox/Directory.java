package dev.dcr.sandbox;

import static com.nimbusds.jose.JWSAlgorithm.PS256;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A directory of software such as open banking has: it vouches for software in signed statements (RFC 7591 §2.3),
 * publishes its own keys and those of the software, and holds the switches to disturb all of this.
 */
public final class Directory {
    /** {@code iss} of every statement. */
    public static final String ISSUER = "OpenBanking Ltd";

    /** The software that is used where none is named. */
    public static final String DEFAULT_SOFTWARE = "sandbox-software";

    private static final int MAX_SOFTWARE = 1000;

    private final WebServer server;
    private final String audience;
    private final KeyRing keys = new KeyRing();
    private final Map<String, Software> software = new ConcurrentHashMap<>();
    private final AtomicReference<Outage> outage = new AtomicReference<>(new Outage(Instant.MIN, Reply.empty(503)));

    private record Outage(Instant until, Reply reply) {}

    /**
     * Adds a directory to a server.
     *
     * @param audience {@code aud} of the requests it makes: what the registration server calls itself
     */
    public Directory(WebServer server, String audience) {
        this.server = server;
        this.audience = audience;
        keys.key(PS256);
        new DirectoryRoutes(this).addTo(server);
    }

    /** The directory's own keys. */
    public KeyRing keys() {
        return keys;
    }

    /** Where its own keys are published. */
    public URI jwksUri() {
        return server.url("/directory/jwks");
    }

    /** The software of this id, entered into the directory if it is new. */
    public Software software(String id) {
        if (software.size() >= MAX_SOFTWARE && !software.containsKey(id))
            throw new IllegalArgumentException("the directory is full: " + MAX_SOFTWARE + " pieces of software");
        return software.computeIfAbsent(
                id, key -> new Software(key, new KeyRing(), server.url("/directory/software/" + key + "/jwks")));
    }

    /** The software of this id, if the directory knows it. */
    Optional<Software> find(String id) {
        return Optional.ofNullable(software.get(id));
    }

    /** All software that the directory knows. */
    Iterable<Software> all() {
        return software.values();
    }

    /** A statement about this software, to be signed PS256. */
    public Draft statement(Software about) {
        return statement(about, PS256);
    }

    /** A statement about this software, as the open banking directory of the UK writes them. */
    public Draft statement(Software about, JWSAlgorithm algorithm) {
        about.keys().key(algorithm); // so that its key set is not empty when the server looks
        return Draft.of(Claims.statement(about), keys.key(algorithm));
    }

    /** A registration request that carries this statement, to be signed PS256. */
    public Draft request(Software by, String statement) {
        return request(by, statement, PS256);
    }

    /** A registration request of OBIE Dynamic Client Registration 3.3, signed by the software that wants to register. */
    public Draft request(Software by, String statement, JWSAlgorithm algorithm) {
        return Draft.of(
                Claims.request(by, statement, audience, algorithm), by.keys().key(algorithm));
    }

    /** From now on, for this long, the key sets are answered with 503. */
    public void fail(Duration duration) {
        fail(duration, Reply.empty(503));
    }

    /** From now on, for this long, the key sets are answered like this. */
    public void fail(Duration duration, Reply reply) {
        outage.set(new Outage(Instant.now().plus(duration), reply));
    }

    /** Ends an outage. */
    public void recover() {
        fail(Duration.ZERO);
    }

    /** Whether the key sets are out of reach at present. */
    boolean failing() {
        return Instant.now().isBefore(outage.get().until());
    }

    /** The key set, or what an outage makes of it; counted as fetched either way. */
    Reply publish(KeyRing ring) {
        var published = ring.published();
        var current = outage.get();
        return Instant.now().isBefore(current.until()) ? current.reply() : published;
    }
}
