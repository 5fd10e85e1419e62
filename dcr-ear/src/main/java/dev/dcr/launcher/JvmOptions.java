package dev.dcr.launcher;

import static java.util.stream.Collectors.joining;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The options of the JVM that suit this server: on a small machine those by which it takes half the memory and starts
 * sooner, and on any the {@link ClassArchive}, if there is one, for a shorter start. A jar cannot name any, and
 * {@code java -jar} gives none; so this process has the same Java with these options take its place. Whoever gives the JVM
 * an option himself chooses them all. A property is no such option, unless it is one by which the JVM listens, as agents
 * do: two Javas, one after the other, must not ask for one port.
 */
final class JvmOptions {
    /** With more than these, collecting by all of them is the better choice, and the JVM's own. */
    private static final int FEW_PROCESSORS = 4;

    private static final long MIB = 1L << 20;
    private static final long LARGEST_HEAP = 512 * MIB;

    /** Where a third of the memory is less than this, the JVM's own choice is as good. */
    private static final long SMALLEST_HEAP = 128 * MIB;

    /**
     * By the first, a method has to be called three times as often before it is compiled: until then the compilers would
     * keep the processors from starting the server. The others keep the heap small, besides its largest size. The unit and
     * the image say the same.
     */
    static final List<String> OF_FEW_PROCESSORS =
            List.of("-XX:CompileThresholdScaling=3", "-XX:+UseSerialGC", "-Xms112m", "-Xmn24m");

    /** Where the JVM and its launcher look for options besides the command line. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * How the C library keeps little for the compilers: few arenas for all threads, and what a compiler takes at a time,
     * 32 KiB, as pages of its own, which go back to the system when they are free. The unit and the image say the same.
     */
    static final SortedMap<String, String> OF_C_LIBRARY =
            new TreeMap<>(Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "30000"));

    private JvmOptions() {}

    /**
     * Has another Java take over, and does not return then. Returns where this one is as it should be, or has to do.
     *
     * @throws Refusal if another Java should have taken over and could not
     */
    static void choose() throws Refusal {
        if (!OwnProcess.isKnown()) return;
        var ofFewProcessors = ofFewProcessors();
        var options = new ArrayList<>(ofFewProcessors);
        var archive = ClassArchive.ofThisJar();
        if (archive.isUsable()) options.add(archive.option());
        if (!options.isEmpty()) choose(options, ofFewProcessors.isEmpty() ? Map.of() : OF_C_LIBRARY);
    }

    private static List<String> ofFewProcessors() {
        var heap = heap(memory());
        var few = Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS;
        return few && heap >= SMALLEST_HEAP
                ? Stream.concat(OF_FEW_PROCESSORS.stream(), Stream.of("-Xmx" + heap / MIB + "m"))
                        .toList()
                : List.of();
    }

    private static void choose(List<String> options, Map<String, String> variables) throws Refusal {
        var advice = Stream.of(
                        variables.entrySet().stream().map(Map.Entry::toString), Stream.of("java"), options.stream())
                .flatMap(words -> words)
                .collect(joining(" "));
        OwnProcess process;
        try {
            process = OwnProcess.read();
            if (areGiven(process.command(), System.getenv())) return;
            OwnProcess.requireReplaceable();
        } catch (IOException hindrance) {
            System.err.printf(
                    "This JVM lacks the options that suit the server (%s). Give them: %s%n", hindrance, advice);
            return;
        }
        try {
            process.replace(options, variables);
        } catch (IOException | LinkageError failure) {
            throw new Refusal("The options of the JVM cannot be chosen (" + failure + "). Give them: " + advice);
        }
    }

    /**
     * The bytes that the heap may take: a third of the memory, for what is not heap takes some 300 MiB.
     *
     * @param memory the bytes that this machine or container has
     */
    static long heap(long memory) {
        return Math.min(memory / 3, LARGEST_HEAP);
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
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
