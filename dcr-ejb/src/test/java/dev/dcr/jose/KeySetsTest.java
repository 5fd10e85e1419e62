package dev.dcr.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.outbound.OutboundHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeySetsTest {
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger redirected = new AtomicInteger();
    private final KeySets sets = new KeySets(new OutboundHttp(new OutboundConfig(Set.of(), 32)));
    private HttpServer publisher;
    private volatile ECKey published;
    private volatile int status = 200;
    private volatile CountDownLatch hang = new CountDownLatch(0);
    private volatile int padding;
    private URI address;

    @BeforeEach
    void publish() throws Exception {
        published = key("one");
        publisher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publisher.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            join(hang);
            var body = (new JWKSet(published).toString(true) + " ".repeat(padding)).getBytes(UTF_8);
            if (status == 302) exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        publisher.createContext("/elsewhere", exchange -> {
            redirected.incrementAndGet();
            exchange.close();
        });
        publisher.start();
        address = URI.create("http://127.0.0.1:" + publisher.getAddress().getPort() + "/keys");
    }

    @AfterEach
    void stop() {
        publisher.stop(0);
    }

    @Test
    void fetchesASetOnceForManySignatures() throws Exception {
        for (var i = 0; i < 5; i++) {
            assertThat(signedBy(published).isSignedBy(sets.configured(address))).isTrue();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aPublisherThatHangsKeepsOnlySoManyWaiting() throws Exception {
        var hanging = new CountDownLatch(1);
        hang = hanging;
        var one = new KeySets(new OutboundHttp(new OutboundConfig(Set.of(), 1)));
        var signed = signedBy(published);
        var first = CompletableFuture.supplyAsync(() -> isSigned(signed, one), task -> new Thread(task).start());
        await().until(() -> fetches.get() == 1);
        assertThatExceptionOfType(KeySourceException.class)
                .isThrownBy(() -> signed.isSignedBy(one.configured(address)))
                .withMessageContaining("too many");
        hanging.countDown();
        assertThat(first.join()).isTrue();
    }

    @Test
    void aPublisherThatHangsLeavesPlacesToOthers() throws Exception {
        var hanging = new CountDownLatch(1);
        hang = hanging;
        var two = new KeySets(new OutboundHttp(new OutboundConfig(Set.of(), 2)));
        var signed = signedBy(published);
        var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/keys", exchange -> {
            var body = new JWKSet(published).toString(true).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
        try {
            var first = CompletableFuture.supplyAsync(() -> isSigned(signed, two), task -> new Thread(task).start());
            await().until(() -> fetches.get() == 1);
            assertThatExceptionOfType(KeySourceException.class)
                    .isThrownBy(() -> signed.isSignedBy(two.configured(address)));
            var elsewhere = URI.create("http://localhost:" + other.getAddress().getPort() + "/keys");
            assertThat(signed.isSignedBy(two.configured(elsewhere))).isTrue();
            hanging.countDown();
            assertThat(first.join()).isTrue();
        } finally {
            hanging.countDown();
            other.stop(0);
        }
    }

    private boolean isSigned(Jws signed, KeySets keys) {
        try {
            return signed.isSignedBy(keys.configured(address));
        } catch (KeySourceException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void fetchesAnewWhenAKeyIsUnknown() throws Exception {
        assertThat(signedBy(published).isSignedBy(sets.configured(address))).isTrue();
        published = key("two");
        assertThat(signedBy(published).isSignedBy(sets.configured(address))).isTrue();
    }

    @Test
    void boundsHowOftenUnknownKeysCauseAFetch() throws Exception {
        for (var i = 0; i < 50; i++) {
            assertThat(signedBy(key("unknown-" + i)).isSignedBy(sets.configured(address)))
                    .isFalse();
        }
        assertThat(fetches.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void servesTheLastSetThroughAnOutage() throws Exception {
        assertThat(signedBy(published).isSignedBy(sets.configured(address))).isTrue();
        status = 503;
        assertThat(signedBy(key("unknown")).isSignedBy(sets.configured(address)))
                .isFalse();
        assertThat(signedBy(published).isSignedBy(sets.configured(address))).isTrue();
    }

    @Test
    void aSetThatHasGrownTooLargeIsAnOutageAndTheLastOneServes() throws Exception {
        assertThat(signedBy(published).isSignedBy(sets.configured(address))).isTrue();
        padding = 1 << 20;
        assertThat(signedBy(key("unknown")).isSignedBy(sets.configured(address)))
                .isFalse();
        assertThat(signedBy(published).isSignedBy(sets.configured(address))).isTrue();
    }

    @Test
    void followsNoRedirect() {
        status = 302;
        assertThatExceptionOfType(KeySourceException.class)
                .isThrownBy(() -> signedBy(published).isSignedBy(sets.configured(address)));
        assertThat(redirected).hasValue(0);
    }

    @Test
    void tellsAnOutageFromAnUnknownKey() {
        status = 500;
        assertThatExceptionOfType(KeySourceException.class)
                .isThrownBy(() -> signedBy(published).isSignedBy(sets.configured(address)))
                .satisfies(
                        outage -> assertThat(KeySets.isRefusedAddress(outage)).isFalse());
    }

    @Test
    void staysOutOfReachHoweverSoonItIsAskedAgain() {
        status = 500;
        for (var i = 0; i < 5; i++) {
            assertThatExceptionOfType(KeySourceException.class)
                    .isThrownBy(() -> signedBy(published).isSignedBy(sets.configured(address)));
        }
    }

    @Test
    void callsNoPrivateAddressThatAnOutsiderNames() {
        for (var i = 0; i < 5; i++) {
            assertThatExceptionOfType(KeySourceException.class)
                    .isThrownBy(() -> signedBy(published).isSignedBy(sets.named(address, Set.of())))
                    .satisfies(refused ->
                            assertThat(KeySets.isRefusedAddress(refused)).isTrue());
        }
        assertThat(fetches).hasValue(0);
    }

    @Test
    void callsAHostThatSomebodyTrustedVouchesFor() throws Exception {
        assertThat(signedBy(published).isSignedBy(sets.named(address, Set.of("127.0.0.1"))))
                .isTrue();
    }

    private static ECKey key(String id) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    private static Jws signedBy(ECKey key) throws JOSEException, IOException {
        var jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), new Payload("{}"));
        jws.sign(new ECDSASigner(key));
        return Jws.parse(jws.serialize());
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
