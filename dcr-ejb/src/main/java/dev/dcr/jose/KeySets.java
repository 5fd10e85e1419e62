package dev.dcr.jose;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.dcr.outbound.AddressRefused;
import dev.dcr.outbound.OutboundHttp;
import dev.dcr.outbound.Places;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Key sets that are published at an address: fetched once, kept for a while, fetched anew when a key id is unknown (at a
 * bounded rate), and served stale while their publisher is out of reach.
 */
@ApplicationScoped
public class KeySets {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration REFRESH_AT_MOST_EVERY = Duration.ofSeconds(10);
    private static final Duration STALE = Duration.ofHours(24);
    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int MOST_SETS = 10_000;

    @Inject
    OutboundHttp http;

    private LoadingCache<Address, JWKSource<SecurityContext>> sources;
    /** Who looks a key up, and may have to wait for its publisher. */
    private Places lookups;

    private record Address(URI uri, boolean configured, Set<String> vouched) {}

    /** For the container. */
    public KeySets() {}

    /** Key sets outside the container. */
    public KeySets(OutboundHttp http) {
        this.http = http;
        open();
    }

    @PostConstruct
    void open() {
        lookups = Places.ofManyHosts(http.maxConcurrentCalls());
        sources = Caffeine.newBuilder()
                .maximumSize(MOST_SETS)
                .expireAfterAccess(STALE)
                .build(this::source);
    }

    /** The key set at an address that the operator configured. */
    public JWKSource<SecurityContext> configured(URI address) {
        return sources.get(new Address(address, true, Set.of()));
    }

    /**
     * The key set at an address that an outsider named.
     *
     * @param vouched hosts that somebody trusted vouches for
     */
    public JWKSource<SecurityContext> named(URI address, Set<String> vouched) {
        return sources.get(new Address(address, false, vouched));
    }

    private JWKSource<SecurityContext> source(Address address) throws MalformedURLException {
        var published = JWKSourceBuilder.create(address.uri().toURL(), retriever(address))
                .cache(FRESH.toMillis(), REFRESH_TIMEOUT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(REFRESH_AT_MOST_EVERY.toMillis())
                .retrying(true)
                .outageTolerant(STALE.toMillis())
                .build();
        return bounded(address.uri().toURL().getHost(), rateLimitExplained(published));
    }

    /** A publisher that is slow keeps some requests waiting, not all the threads there are. */
    private JWKSource<SecurityContext> bounded(String host, JWKSource<SecurityContext> source) {
        return (selector, context) -> {
            if (!lookups.enter(host, PATIENCE)) throw new KeySourceException("too many requests wait for keys");
            try {
                return source.get(selector, context);
            } finally {
                lookups.leave(host);
            }
        };
    }

    /** A look-up that came too soon ends as the last one did: the key is not in the set, or the set cannot be had. */
    private static JWKSource<SecurityContext> rateLimitExplained(JWKSource<SecurityContext> published) {
        var failure = new AtomicReference<KeySourceException>();
        return (selector, context) -> {
            try {
                var keys = published.get(selector, context);
                failure.set(null);
                return keys;
            } catch (RateLimitReachedException e) {
                if (failure.get() == null) return List.of();
                throw new KeySourceException("looked up a moment ago, in vain", failure.get());
            } catch (KeySourceException e) {
                failure.set(e);
                throw e;
            }
        };
    }

    private ResourceRetriever retriever(Address address) {
        return (URL url) -> {
            var fetched = address.configured()
                    ? http.getConfigured(address.uri())
                    : http.getNamed(address.uri(), address.vouched());
            if (fetched.status() != 200) throw new IOException("key set answered with status " + fetched.status());
            return new Resource(new String(fetched.body(), StandardCharsets.UTF_8), fetched.contentType());
        };
    }

    /** Whether a look-up failed because an outsider named an address that is not called, rather than by an outage. */
    public static boolean isRefusedAddress(KeySourceException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressRefused) return true;
        }
        return false;
    }
}
