package dev.dcr.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimelyNamesTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final CountDownLatch awake = new CountDownLatch(1);
    private final DnsResolver asleep = new SystemDefaultDnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            try {
                if (host.equals("slow.example")) awake.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[] {HERE};
        }
    };

    @AfterEach
    void wake() {
        awake.countDown();
    }

    @Test
    void leavesANameThatTakesTooLong() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new TimelyNames(asleep, 1, SHORT).resolve("slow.example"))
                .withMessage("slow.example: not resolved within 100 ms");
    }

    @Test
    void otherNamesAreResolvedMeanwhile() throws UnknownHostException {
        var names = new TimelyNames(asleep, 2, SHORT);
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> names.resolve("slow.example"));
        assertThat(names.resolve("fast.example")).containsExactly(HERE);
    }

    @Test
    void soManyAtATimeAndTheOthersAfterThem() throws UnknownHostException {
        var names = new TimelyNames(asleep, 1, SHORT);
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> names.resolve("slow.example"));
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> names.resolve("fast.example"));
        awake.countDown();
        await().ignoreException(UnknownHostException.class)
                .untilAsserted(() -> assertThat(names.resolve("fast.example")).containsExactly(HERE));
    }

    @Test
    void whateverGoesWrongTheNameIsUnknown() {
        var broken = new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                throw new IllegalArgumentException("no such host");
            }
        };
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new TimelyNames(broken, 1, LONG).resolve("name.example"))
                .withCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatNobodyKnowsStaysUnknown() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new TimelyNames(1, LONG).resolve("nobody.invalid"));
    }
}
