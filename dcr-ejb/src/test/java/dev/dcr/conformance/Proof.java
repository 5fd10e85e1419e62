package dev.dcr.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A test that says in a {@code @Tag} which clause it proves.
 *
 * @param source      the test's source, from the project's root
 * @param annotations the simple names of all annotations of the method and of its class
 */
record Proof(String clause, Path source, String method, Set<String> annotations) {

    /** The name of the class, which decides whether the build runs it. */
    String testClass() {
        return TestMethod.classIn(source);
    }

    /** Every proof there is. */
    static List<Proof> all() throws IOException {
        return TestMethod.all().stream()
                .flatMap(test -> test.tags().stream()
                        .map(clause -> new Proof(clause, test.source(), test.name(), test.annotations())))
                .toList();
    }
}
