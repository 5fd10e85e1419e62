package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code prepare} leaves beside the jar, and who takes it. */
class PreparedStartIT {
    @Test
    void leavesAnArchiveOfClassesAndNothingElseWhichTheNextStartTakes(@TempDir Path folder) throws IOException {
        var jar = ServerProcess.copyOfTheJar(folder);
        var archive = folder.resolve("dcr-server.jsa");

        var prepared =
                ServerProcess.configured("").jar(jar).arguments("prepare").startToEnd();

        assertThat(prepared.exitCode()).as(prepared.output()).isZero();
        assertThat(prepared.output()).contains(archive + " is there, for Java ");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(jar, archive);
        }
        try (var server = ServerProcess.configured("").jar(jar).javaOptions().start()) {
            assertThat(server.maps(archive)).isTrue();
        }
    }
}
