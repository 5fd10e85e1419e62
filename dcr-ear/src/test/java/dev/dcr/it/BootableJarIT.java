package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is shipped as {@code dcr-server.jar}, started as a user starts it. */
class BootableJarIT {
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.configured("").javaOptions().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsHealthAndMetricsToTheManagementPort() throws Exception {
        assertThat(get(server.management().resolve("/health/live")).statusCode())
                .isEqualTo(200);
        assertThat(get(server.management().resolve("/metrics")).body()).contains("jvm_");
        assertThat(get(server.http().resolve("/health/live")).statusCode()).isEqualTo(404);
        assertThat(get(server.http().resolve("/metrics")).statusCode()).isEqualTo(404);
    }

    @Test
    void letsNobodyManageItAnonymously() throws Exception {
        assertThat(get(server.management().resolve("/management")).statusCode()).isEqualTo(401);
    }

    @Test
    void namesNoServerSoftware() throws Exception {
        var headers = get(server.http().resolve("/nothing-here")).headers().map();
        assertThat(headers).doesNotContainKeys("server", "x-powered-by");
    }

    /** The process that was started is the one that is asked. */
    @Test
    void choosesTheOptionsOfTheJvmThatSuitASmallMachine() throws IOException {
        assertThat(server.diagnose("VM.command_line").contains("-XX:+UseSerialGC -Xms112m -Xmn24m -Xmx"))
                .isEqualTo(isSmall());
        assertThat(server.environment().containsAll(List.of("MALLOC_ARENA_MAX=2", "MALLOC_MMAP_THRESHOLD_=30000")))
                .isEqualTo(isSmall());
    }

    @Test
    void leavesTheOptionsOfTheJvmToWhoChoosesThem() {
        try (var chosen = ServerProcess.configured("").javaOptions("-Xmx300m").start()) {
            assertThat(chosen.diagnose("VM.command_line")).contains("-Xmx300m").doesNotContain("-Xmn");
        }
    }

    @Test
    void startsWhereNoProgramMayLieInTheTemporaryFolder() {
        try (var temporary = SmallDisk.withoutPrograms(400);
                var started = ServerProcess.configured("")
                        .javaOptions("-Djava.io.tmpdir=" + temporary.path())
                        .start()) {
            assertThat(started.diagnose("VM.command_line")).doesNotContain("-Xmn");
            assertThat(started.output().contains("no program may lie in " + temporary.path()))
                    .isEqualTo(isSmall() || ServerProcess.isPrepared());
        }
    }

    /** With more processors the JVM chooses how to collect, as it does when it is told nothing. */
    private static boolean isSmall() {
        return Runtime.getRuntime().availableProcessors() <= 4;
    }

    @Test
    void sparesTheSecondCompilerWhatIsBusyAtStartOnly() {
        assertThat(server.diagnose("Compiler.directives_print")).contains("org/jboss/modules/*.*");
    }

    @Test
    void givesTheHeapBackThatG1TookForStartingOrALoad() {
        try (var collected =
                ServerProcess.configured("").javaOptions("-XX:+UseG1GC").start()) {
            await().untilAsserted(() -> assertThat(collected.diagnose("VM.flags"))
                    .contains("-XX:MaxHeapFreeRatio=30", "-XX:G1PeriodicGCInterval=60000"));
        }
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
