package dev.dcr.launcher;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The options of the JVM that suit this server on a small machine: half the memory, and one or two seconds less until it
 * serves. A jar cannot name any, and {@code java -jar} gives none; so this process has the same Java with these options take
 * its place. Whoever gives an option that begins with {@code -X} keeps his own, and they alone count.
 */
final class JvmOptions {
    /** With more than these, collecting by all of them is the better choice, and the JVM's own. */
    private static final int FEW_PROCESSORS = 4;

    private static final long MIB = 1L << 20;
    private static final long LARGEST_HEAP = 512 * MIB;

    /** Where the JVM and its launcher look for options besides the command line. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** What the C library is told about the memory that it keeps for threads, of the compilers above all. */
    private static final String ARENAS = "MALLOC_ARENA_MAX";

    private JvmOptions() {}

    /** Does not return where another Java takes over; returns where this one is as it should be, or cannot be replaced. */
    static void take() {
        var runtime = Runtime.getRuntime();
        if (runtime.availableProcessors() > FEW_PROCESSORS || !OwnProcess.canBeReplaced()) return;
        var options = options(runtime.maxMemory());
        try {
            var process = OwnProcess.read();
            if (areGiven(process.command(), System.getenv())) return;
            process.replace(options, Map.of(ARENAS, "2"));
        } catch (IOException | LinkageError failure) {
            System.err.printf(
                    "This server takes more memory than it needs, for %s; java %s -jar ... would not.%n",
                    failure.getMessage(), options.stream().collect(joining(" ")));
        }
    }

    /**
     * The options. Of the memory a third may be heap, for what is not heap takes some 300 MiB.
     *
     * @param quarter how many bytes the JVM would take for its heap by itself, a quarter of what this machine or container has
     */
    static List<String> options(long quarter) {
        return List.of(
                "-XX:+UseSerialGC",
                "-Xms112m",
                "-Xmn24m",
                "-Xmx" + Math.min(quarter * 4 / 3, LARGEST_HEAP) / MIB + "m");
    }

    /** Whether somebody has chosen options of the JVM, be it in a file of arguments. */
    static boolean areGiven(List<String> command, Map<String, String> environment) {
        var ofTheJvm = command.stream().skip(1).takeWhile(argument -> !argument.equals("-jar"));
        var ofVariables = VARIABLES.stream()
                .flatMap(name -> Stream.ofNullable(environment.get(name)))
                .flatMap(options -> Stream.of(options.split("\\s+")));
        return Stream.concat(ofTheJvm, ofVariables)
                .anyMatch(argument -> argument.startsWith("-X") || argument.startsWith("@"));
    }
}
