package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on faults names tests, and these exist. */
class FaultsPageTest {
    private static final Path ROOT = Path.of("..");

    /** {@code Class}, {@code Class.method}, or {@code .method} of the class before. */
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z][A-Za-z0-9]*(?:IT|Test))?(?:\\.([a-z][A-Za-z0-9]*))?`");

    @ParameterizedTest
    @MethodSource("named")
    void namesTestsThatExist(String type, String method) throws IOException {
        var source = Files.readString(source(type));
        assertThat(source).contains(method.isEmpty() ? "class " + type : "void " + method + "(");
    }

    static List<Arguments> named() throws IOException {
        var found = new ArrayList<Arguments>();
        var type = "";
        var names = NAMED.matcher(Files.readString(ROOT.resolve("docs/faults.md")));
        while (names.find()) {
            if (names.group(1) != null) type = names.group(1);
            else if (names.group(2) == null) continue;
            found.add(Arguments.of(type, names.group(2) == null ? "" : names.group(2)));
        }
        return found;
    }

    private static Path source(String type) {
        return Stream.of("dcr-ejb", "dcr-web", "dcr-ear")
                .flatMap(module -> files(ROOT.resolve(module).resolve("src/test/java")))
                .filter(file -> file.endsWith(type + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no test " + type));
    }

    private static Stream<Path> files(Path directory) {
        try (var found = Files.walk(directory)) {
            return found.toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
