package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code java -jar dcr-server.jar} does before there is a server, and instead of one. */
class LauncherIT {
    @Test
    void refusesAConfigurationWithMistakesBeforeAnythingStarts() {
        var ended = ServerProcess.configured("""
                [dcr]
                profil = "oauth"
                max_body_bytes = "many"
                """).startToEnd();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().lines())
                .hasSize(2)
                .anySatisfy(
                        line -> assertThat(line).contains("deployment.toml:2").contains("dcr.profil"))
                .anySatisfy(
                        line -> assertThat(line).contains("deployment.toml:3").contains("dcr.max_body_bytes"));
    }

    @Test
    void readsTheConfigurationThatTheCommandLineNames() throws IOException {
        var elsewhere = Files.createTempFile(Path.of("target"), "elsewhere", ".toml");
        Files.writeString(elsewhere, "[dcr]\nunheard_of = 1\n");

        var ended = ServerProcess.configured("")
                .arguments("--config", elsewhere.toAbsolutePath().toString())
                .startToEnd();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains(elsewhere.getFileName() + ":2").contains("dcr.unheard_of");
    }

    @Test
    void endsWhenTheApplicationDoesNotDeploy() {
        var ended = ServerProcess.configured("""
                [dcr.database]
                url = "jdbc:postgresql://localhost:1/nobody-listens-there"
                """).startToEnd();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("The server cannot work");
    }

    @Test
    void refusesAKeyStoreThatIsNotThere() {
        var ended = ServerProcess.configured("")
                .environment("DCR_TLS_KEYSTORE", "/no/such/file.p12")
                .startToEnd();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("DCR_TLS_KEYSTORE").contains("/no/such/file.p12");
    }

    @Test
    void startsWhenAManagementScriptWasApplied() throws IOException {
        var script = Files.createTempFile(Path.of("target"), "script", ".cli");
        Files.writeString(script, "/system-property=applied:add(value=yes)\n");

        try (var server = ServerProcess.configured("")
                .arguments("--cli-script=" + script.toAbsolutePath())
                .start()) {
            assertThat(server.output()).doesNotContain("The server cannot work");
        }
    }

    @Test
    void keepsTheFolderOfItsDatabaseFromOthers() throws IOException {
        try (var server = ServerProcess.configured("").start()) {
            assertThat(Files.getPosixFilePermissions(server.directory().resolve("data")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void takesAwayTheFilesOfAKilledServerAndOfNoOther() throws IOException {
        var temporary = Files.createTempDirectory(Path.of("target"), "tmp").toAbsolutePath();
        var killed = startIn(temporary);
        halfDelete(Files.createDirectory(temporary.resolve("dcr-server-1")));
        var itsFiles = directories(temporary);
        var noServers = Files.createDirectory(temporary.resolve("dcr-server-20261127"));
        try (var living = startIn(temporary)) {
            var livingFiles = directories(temporary);
            livingFiles.removeAll(itsFiles);
            killed.kill();
            try (var next = startIn(temporary)) {
                await().untilAsserted(() -> assertThat(directories(temporary)).doesNotContainAnyElementsOf(itsFiles));
                assertThat(directories(temporary))
                        .contains(noServers)
                        .containsAll(livingFiles)
                        .hasSize(3);
            }
        }
    }

    /** As WildFly leaves it where its end was disturbed. */
    private static void halfDelete(Path home) throws IOException {
        Files.createDirectory(home.resolve("standalone"));
        var marker = Files.createFile(home.resolve("wildfly-cleanup-marker"));
        Files.setLastModifiedTime(marker, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
    }

    private static ServerProcess startIn(Path temporary) {
        return ServerProcess.configured("")
                .environment("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary)
                .start();
    }

    private static Set<Path> directories(Path temporary) throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("dcr-server-"))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    @Test
    void explainsItselfAndNothingElseStarts() {
        assertThat(ServerProcess.configured("").arguments("--help").startToEnd())
                .satisfies(ended -> assertThat(ended.exitCode()).isZero())
                .satisfies(ended -> assertThat(ended.output()).startsWith("Usage: java -jar dcr-server.jar"));
        assertThat(ServerProcess.configured("").arguments("--version").startToEnd())
                .satisfies(ended -> assertThat(ended.exitCode()).isZero())
                .satisfies(ended -> assertThat(ended.output()).matches("DCR server \\d\\S*\\s"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            audit                                | audit needs a value
            audit delete                         | unknown command audit delete
            audit verify --anchor 17             | --anchor needs NUMBER:DIGEST
            audit export --after yesterday       | --after needs a positive number
            secrets re-encrypt --with key        | unknown option --with
            prepare --quickly                    | prepare takes no --quickly
            start                                | unknown argument start
            --configuration=deployment.toml      | unknown argument --configuration=deployment.toml
            --display-galleon-config             | unknown argument --display-galleon-config
            """)
    void refusesOrdersThatMakeNoSense(String order, String reason) {
        var ended = ServerProcess.configured("").arguments(order.split(" ")).startToEnd();

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output()).contains(reason);
    }

    @Test
    void tellsMisuseFromFailure() {
        var ended = ServerProcess.configured("")
                .arguments("initial-access-token", "--uses", "none")
                .startToEnd();

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output()).contains("--uses needs a positive number");
    }
}
