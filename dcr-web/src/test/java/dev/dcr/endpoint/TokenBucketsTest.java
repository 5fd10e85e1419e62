package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    final AtomicLong now = new AtomicLong(42);
    final TokenBuckets limit = new TokenBuckets(60, 2, now::get);

    @Test
    void aBurstPassesAndTheNextWaits() {
        assertThat(limit.take("192.0.2.1")).isEmpty();
        assertThat(limit.take("192.0.2.1")).isEmpty();
        assertThat(limit.take("192.0.2.1")).contains(Duration.ofSeconds(1));
    }

    @Test
    void theAllowanceComesBackWithTime() {
        limit.take("192.0.2.1");
        limit.take("192.0.2.1");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(limit.take("192.0.2.1")).isEmpty();
        assertThat(limit.take("192.0.2.1")).isPresent();
    }

    @Test
    void theAllowanceNeverExceedsTheBurst() {
        limit.take("192.0.2.1");
        now.addAndGet(Duration.ofSeconds(50).toNanos());
        assertThat(limit.take("192.0.2.1")).isEmpty();
        assertThat(limit.take("192.0.2.1")).isEmpty();
        assertThat(limit.take("192.0.2.1")).isPresent();
    }

    @Test
    void anotherSourceHasItsOwnAllowance() {
        limit.take("192.0.2.1");
        limit.take("192.0.2.1");
        assertThat(limit.take("192.0.2.2")).isEmpty();
    }

    @Test
    void aRareAllowanceTellsTheWholeWait() {
        var hourly = new TokenBuckets(1, 1, now::get);
        hourly.take("192.0.2.1");
        assertThat(hourly.take("192.0.2.1")).contains(Duration.ofSeconds(60));
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        limit.take("192.0.2.1");
        limit.take("192.0.2.1");
        limit.giveBack("192.0.2.1");
        assertThat(limit.take("192.0.2.1")).isEmpty();
        assertThat(limit.take("192.0.2.1")).isPresent();
    }

    @Test
    void nothingIsGivenBackBeyondTheBurst() {
        limit.giveBack("192.0.2.1");
        limit.giveBack("192.0.2.1");
        limit.take("192.0.2.1");
        limit.take("192.0.2.1");
        assertThat(limit.take("192.0.2.1")).isPresent();
    }

    @Test
    void aDebtLeavesTheBurstAndDelaysWhatComesBack() {
        limit.owe("192.0.2.1", 4);
        limit.take("192.0.2.1");
        limit.take("192.0.2.1");
        assertThat(limit.take("192.0.2.1")).contains(Duration.ofSeconds(5));
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(limit.take("192.0.2.1")).contains(Duration.ofSeconds(1));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(limit.take("192.0.2.1")).isEmpty();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(limit.take("192.0.2.1")).isEmpty();
    }
}
