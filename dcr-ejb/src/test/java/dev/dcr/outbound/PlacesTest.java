package dev.dcr.outbound;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = Places.ofManyHosts(4);

    @Test
    void aHostTakesHalfOfThem() {
        assertThat(enter("slow.example")).isTrue();
        assertThat(enter("slow.example")).isTrue();
        assertThat(enter("SLOW.example")).isFalse();

        assertThat(enter("other.example")).isTrue();
    }

    @Test
    void manyHostsTakeAllOfThem() {
        for (var host : new String[] {"a", "b", "c", "d"})
            assertThat(enter(host)).isTrue();

        assertThat(enter("e")).isFalse();
    }

    @Test
    void oneHostTakesAllWhereThereIsNoOther() {
        var oneHost = Places.ofOneHost(2);

        assertThat(oneHost.enter("a", Duration.ZERO)).isTrue();
        assertThat(oneHost.enter("a", Duration.ZERO)).isTrue();
        assertThat(oneHost.enter("a", Duration.ZERO)).isFalse();
    }

    @Test
    void whatIsGivenBackIsTakenAgain() {
        enter("a");
        enter("a");
        places.leave("a");

        assertThat(enter("a")).isTrue();
        assertThat(enter("a")).isFalse();
    }

    @Test
    void whoWaitsGetsThePlaceThatIsGivenBack() throws Exception {
        enter("a");
        enter("a");
        var waiting = CompletableFuture.supplyAsync(
                () -> places.enter("a", Duration.ofSeconds(30)), task -> new Thread(task).start());

        places.leave("a");

        assertThat(waiting.get(20, SECONDS)).isTrue();
    }

    @Test
    void whoWaitsInVainIsToldSo() {
        enter("a");
        enter("a");

        assertThat(places.enter("a", Duration.ofMillis(20))).isFalse();
    }

    private boolean enter(String host) {
        return places.enter(host, Duration.ZERO);
    }
}
