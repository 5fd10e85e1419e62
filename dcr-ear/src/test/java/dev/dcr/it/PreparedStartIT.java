package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code prepare} leaves beside the jar, and who takes it. */
class PreparedStartIT {
    @TempDir
    private static Path folder;

    private static Path jar;
    private static Path archive;
    private static Path modules;

    @BeforeAll
    static void makeJar() throws IOException {
        jar = ServerProcess.copyOfTheJar(folder);
        archive = folder.resolve("dcr-server.jsa");
        prepare();
        try (var files = Files.list(folder)) {
            modules = files.filter(file -> file.getFileName().toString().startsWith("dcr-server.modules-"))
                    .findAny()
                    .orElseThrow();
        }
    }

    private static void prepare() {
        var prepared =
                ServerProcess.configured("").jar(jar).arguments("prepare").startToEnd();

        assertThat(prepared.exitCode()).as(prepared.output()).isZero();
        assertThat(prepared.output()).contains(archive + " is there, for Java ");
    }

    @Test
    void leavesModulesAndAnArchiveOfClassesAndNothingElseWhichEachStartTakes() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(jar, archive, modules);
        }
        startsWithBoth();
        startsWithBoth();
    }

    private static void startsWithBoth() throws IOException {
        try (var server = ServerProcess.configured("").jar(jar).javaOptions().start()) {
            assertThat(server.maps(archive)).isTrue();
            assertThat(server.readsFrom(modules)).isTrue();
        }
    }

    @Test
    void mayBePreparedTwiceAtATime() throws IOException {
        var other = CompletableFuture.runAsync(PreparedStartIT::prepare);
        prepare();
        other.join();
        startsWithBoth();
    }

    @Test
    void modulesThatAServerUsesStayAndOthersGo() throws IOException {
        var ofAFormerJar = Files.createDirectory(folder.resolve("dcr-server.modules-01234567"));
        Files.createFile(ofAFormerJar.resolve("running"));
        var damage = modules.resolve("damage");
        try (var server = ServerProcess.configured("").jar(jar).start()) {
            Files.createFile(damage);

            prepare();

            assertThat(server.readsFrom(modules)).isTrue();
            assertThat(damage).exists();
            assertThat(ofAFormerJar).doesNotExist();
        }

        prepare();

        assertThat(modules).isDirectory();
        assertThat(damage).doesNotExist();
    }
}
