package dev.dcr.conformance;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A method in the sources of tests of all modules, found by the compiler's own parser: thus a check runs within one
 * module, sees tests that another module has not compiled yet, and is not misled by comments or layout.
 *
 * @param source      the test's source, from the project's root
 * @param annotations the simple names of all annotations of the method and of its class
 * @param tags        what its own {@code @Tag}s say
 */
record TestMethod(Path source, String name, Set<String> annotations, List<String> tags) {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of("dcr-ejb", "dcr-web", "dcr-ear");

    /** The name of the class, which decides whether the build runs it. */
    String testClass() {
        return classIn(source);
    }

    /** The name of the class that a source holds. */
    static String classIn(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    /** Every source there is. */
    static List<Path> sources() throws IOException {
        var files = new ArrayList<Path>();
        for (var module : MODULES) {
            try (Stream<Path> found = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                found.filter(path -> path.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** Every method there is. */
    static List<TestMethod> all() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = manager.getJavaFileObjectsFromPaths(sources());
            var methods = new ArrayList<TestMethod>();
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, sources);
            for (var unit : task.parse()) new Scanner(unit, methods).scan(unit, null);
            return List.copyOf(methods);
        }
    }

    private static final class Scanner extends TreeScanner<Void, Void> {
        private final Path source;
        private final List<TestMethod> methods;
        private List<String> ofClass = List.of();

        Scanner(CompilationUnitTree unit, List<TestMethod> methods) {
            this.source = ROOT.relativize(Path.of(unit.getSourceFile().getName()));
            this.methods = methods;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            var outer = ofClass;
            ofClass = names(type.getModifiers().getAnnotations());
            super.visitClass(type, none);
            ofClass = outer;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            var annotations = method.getModifiers().getAnnotations();
            var names =
                    Stream.concat(names(annotations).stream(), ofClass.stream()).collect(toUnmodifiableSet());
            var tags = annotations.stream()
                    .filter(annotation -> name(annotation).equals("Tag"))
                    .map(Scanner::value)
                    .toList();
            methods.add(new TestMethod(source, method.getName().toString(), names, tags));
            return super.visitMethod(method, none);
        }

        private static List<String> names(List<? extends AnnotationTree> annotations) {
            return annotations.stream().map(Scanner::name).toList();
        }

        private static String name(AnnotationTree annotation) {
            var qualified = annotation.getAnnotationType().toString();
            return qualified.substring(qualified.lastIndexOf('.') + 1);
        }

        private static String value(AnnotationTree annotation) {
            var value = annotation.getArguments().get(0);
            if (value instanceof AssignmentTree named) value = named.getExpression();
            return value instanceof LiteralTree literal ? literal.getValue().toString() : value.toString();
        }
    }
}
