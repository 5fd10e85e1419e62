package dev.dcr.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A parser under attack: a class with the entry point of coverage-guided fuzzers, {@code fuzzerTestOneInput}, and its
 * corpus, the files of {@code src/test/resources/fuzz/NAME OF THE CLASS}. The corpus is what such a fuzzer starts from,
 * and what it once found. Each build runs it, and a number of mutations of it that are the same each time.
 */
public record Target(String name, Path corpus) {
    private static final Path ALL = Path.of("src", "test", "resources", "fuzz");
    private static final long SEED = Long.getLong("dcr.fuzz.seed", 7591);
    private static final int MUTATIONS = Integer.getInteger("dcr.fuzz.mutations", 1000);

    /** The tests of all targets of the module that is built. */
    public static Stream<DynamicTest> tests() {
        return files(ALL)
                .filter(Files::isDirectory)
                .map(folder -> new Target(folder.getFileName().toString(), folder))
                .flatMap(target -> Stream.of(
                        DynamicTest.dynamicTest(target.name + " takes its corpus", target::takesItsCorpus),
                        DynamicTest.dynamicTest(target.name + " takes mutations of it", target::takesMutations)));
    }

    private void takesItsCorpus() {
        files(corpus).forEach(file -> run(entryPoint(), file.toString(), read(file)));
    }

    private void takesMutations() {
        var entry = entryPoint();
        var mutation =
                new Mutation(new Random(SEED), files(corpus).map(Target::read).toList());
        for (var i = 0; i < MUTATIONS; i++) run(entry, "mutation " + i + " of seed " + SEED, mutation.next());
    }

    private static void run(MethodHandle entry, String input, byte[] bytes) {
        try {
            entry.invokeExact(bytes);
        } catch (Throwable escaped) { // whatever it is, nothing may escape
            throw new AssertionError(
                    input + " is not taken; base64: " + Base64.getEncoder().encodeToString(bytes), escaped);
        }
    }

    private MethodHandle entryPoint() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Class.forName(name), "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError("there is a corpus for " + name + " and no such target", missing);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
