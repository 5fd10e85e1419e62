package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nodes that end under load, while the others serve on. */
class RestartIT {
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(Scene.openRegistration(), Map.of("DCR_STOP_DRAIN", "2"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aRollingRestartDropsNoRequest() {
        var load = Load.on(cluster);
        try (load) {
            for (var node = 0; node < 2; node++) {
                load.awaitProgress();
                cluster.node(node).terminate();
                cluster.node(node).awaitEnd();
                cluster.start(node);
            }
            load.awaitProgress();
        }
        assertThat(load.failures()).isEmpty();
        assertThat(load.registered()).allSatisfy(RestartIT::isKnownToBothNodes);
    }

    @Test
    void aNodeKilledUnderLoadLosesNothingThatWasAcknowledged() {
        var load = Load.on(cluster);
        try (load) {
            load.awaitProgress();
            cluster.node(0).kill();
            load.awaitProgress();
            cluster.start(0);
        }
        assertThat(load.registered()).allSatisfy(RestartIT::isKnownToBothNodes);
    }

    private static void isKnownToBothNodes(JsonObject registered) {
        for (var node = 0; node < 2; node++) {
            var read = cluster.client(node)
                    .read(registered.getString("client_id"), registered.getString("registration_access_token"));
            assertThat(read.status()).isEqualTo(200);
        }
    }
}
