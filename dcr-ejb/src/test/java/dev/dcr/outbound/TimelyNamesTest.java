package dev.dcr.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

    private final CountDownLatch awake = new CountDownLatch(1);
    private final DnsResolver asleep = new SystemDefaultDnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            try {
                if (host.equals("slow.example")) awake.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return super.resolve("127.0.0.1");
        }
    };

    @AfterEach
    void wake() {
        awake.countDown();
    }

    @Test
    void leavesANameThatTakesTooLong() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new TimelyNames(asleep, SHORT).resolve("slow.example"))
                .withMessage("slow.example: not resolved within 100 ms");
    }

    @Test
    void otherNamesAreResolvedMeanwhile() throws UnknownHostException {
        var names = new TimelyNames(asleep, SHORT);
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> names.resolve("slow.example"));
        assertThat(names.resolve("fast.example")).containsExactly(InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void noMoreThreadsThanThatWaitForTheSystem() {
        var names = new TimelyNames(asleep, Duration.ofMillis(1));
        for (var i = 0; i < TimelyNames.MOST; i++) {
            assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> names.resolve("slow.example"));
        }
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> names.resolve("fast.example"))
                .withMessage("fast.example: too many names are being resolved");
    }

    @Test
    void aNameThatNobodyKnowsStaysUnknown() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new TimelyNames(LONG).resolve("nobody.invalid"));
    }
}
