package dev.dcr.launcher;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The options of the JVM that suit this server on a small machine: half the memory, and one or two seconds less until it
 * serves. A jar cannot name any, and {@code java -jar} gives none; so this process has the same Java with these options take
 * its place. Whoever gives it an option himself chooses them all. Properties are none, but for those by which the JVM
 * listens to others, as agents do: two Javas, one after the other, must not ask for one port.
 */
final class JvmOptions {
    /** With more than these, collecting by all of them is the better choice, and the JVM's own. */
    private static final int FEW_PROCESSORS = 4;

    private static final long MIB = 1L << 20;
    private static final long LARGEST_HEAP = 512 * MIB;

    /** With less there is nothing to choose. */
    private static final long SMALLEST_HEAP = 128 * MIB;

    /** Where the JVM and its launcher look for options besides the command line. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** What the C library is told about the memory that it keeps for threads, of the compilers above all. */
    private static final String ARENAS = "MALLOC_ARENA_MAX";

    private JvmOptions() {}

    /** Does not return where another Java takes over; returns where this one is as it should be, or cannot be replaced. */
    static void take() {
        var runtime = Runtime.getRuntime();
        var heap = heap(runtime.maxMemory());
        if (runtime.availableProcessors() > FEW_PROCESSORS || heap < SMALLEST_HEAP || !OwnProcess.canBeReplaced())
            return;
        var options = List.of("-XX:+UseSerialGC", "-Xms112m", "-Xmn24m", "-Xmx" + heap / MIB + "m");
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
     * The bytes that the heap may take: a third of the memory, for what is not heap takes some 300 MiB.
     *
     * @param quarter what the JVM would let it take, a quarter of what this machine or container has
     */
    static long heap(long quarter) {
        return Math.min(quarter * 4 / 3, LARGEST_HEAP);
    }

    /** Whether somebody has chosen options of the JVM, be it in a file of arguments. */
    static boolean areGiven(List<String> command, Map<String, String> environment) {
        var ofTheJvm = command.stream().skip(1).takeWhile(argument -> !argument.equals("-jar"));
        var ofVariables = VARIABLES.stream()
                .flatMap(name -> Stream.ofNullable(environment.get(name)))
                .flatMap(options -> Stream.of(options.strip().split("\\s+")))
                .filter(option -> !option.isEmpty());
        return Stream.concat(ofTheJvm, ofVariables)
                .anyMatch(option -> !option.startsWith("-D") || option.startsWith("-Dcom.sun.management."));
    }
}
