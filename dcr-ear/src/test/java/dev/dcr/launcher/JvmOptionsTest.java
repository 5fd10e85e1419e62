package dev.dcr.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JvmOptionsTest {
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({"384, 128", "768, 256", "1536, 512", "24000, 512"})
    void aThirdOfTheMemoryMayBeHeapUpTo512Mib(long memory, long heap) {
        assertThat(JvmOptions.heap(memory * MIB) / MIB).isEqualTo(heap);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx1g",
                "-XX:+UseG1GC",
                "@options",
                "-javaagent:exporter.jar=9404",
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                "-Dcom.sun.management.jmxremote.port=9010"
            })
    void whoGivesOneChoosesAll(String option) {
        assertThat(JvmOptions.areGiven(List.of("java", "-Dname=value", option, "-jar", "server.jar"), Map.of()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void variablesCountAsTheCommandLineDoes(String variable) {
        var command = List.of("java", "-jar", "server.jar");
        assertThat(JvmOptions.areGiven(command, Map.of(variable, "-Dname=value -Xmx1g")))
                .isTrue();
        assertThat(JvmOptions.areGiven(command, Map.of(variable, " -Dname=-Xmx1g ")))
                .isFalse();
        assertThat(JvmOptions.areGiven(command, Map.of(variable, ""))).isFalse();
    }

    @Test
    void whatComesBehindTheJarIsNotForTheJvm() {
        assertThat(JvmOptions.areGiven(List.of("java", "-jar", "server.jar", "-X", "@file"), Map.of("HOME", "-Xmx1g")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcr.service", "Dockerfile"})
    void whatTheUnitAndTheImageSayIsWhatTheServerChooses(String file) throws IOException {
        var lines = Files.readAllLines(Path.of("../docker", file));
        var start = lines.stream()
                .filter(line -> line.startsWith("ExecStart=") || line.startsWith("ENTRYPOINT "))
                .map(line -> line.replaceAll("[\\[\\]\", ]+", " "))
                .toList();

        assertThat(start)
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .contains(String.join(" ", JvmOptions.OF_FEW_PROCESSORS))
                        .contains(ClassArchive.of(Path.of("/opt/dcr/dcr-server.jar"))
                                .option()));
        assertThat(JvmOptions.OF_C_LIBRARY)
                .allSatisfy((name, value) -> assertThat(lines)
                        .anySatisfy(line ->
                                assertThat(line).matches("(ENV|Environment=).*\\b" + name + "=" + value + "( .*)?")));
    }
}
