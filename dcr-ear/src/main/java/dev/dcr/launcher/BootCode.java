package dev.dcr.launcher;

import java.io.IOException;
import java.nio.file.Files;

/**
 * Code that is busy while the server starts and idle ever after: loading of modules and indexing of classes. The JVM
 * would have its second compiler make the most of it, which takes a third of the processor time of a start; the first
 * compiler's work is good enough for it.
 *
 * <p>A running JVM takes this as a diagnostic command, the one that {@code jcmd <pid> Compiler.directives_add} sends; so it
 * is told whoever chose its options.
 */
final class BootCode {
    private static final String DIRECTIVES = """
            [{
              match: ["org/jboss/modules/*.*", "org/jboss/jandex/*.*", "org/jboss/vfs/*.*", "org/jboss/msc/*.*",
                      "org/jboss/dmr/*.*", "org/jboss/as/controller/*.*", "java/util/jar/*.*",
                      "jdk/internal/org/objectweb/*.*", "com/sun/org/apache/*.*", "org/jboss/classfilewriter/*.*",
                      "java/lang/invoke/MethodType.*", "java/util/Properties*.*"],
              c2: { Exclude: true }
            }]
            """;

    private BootCode() {}

    /** Spares the second compiler that code, on a JVM that can be told so; any other starts more slowly. */
    static void spareCompiler() {
        var thread = new Thread(BootCode::addDirectives, "compiler-directives");
        thread.setDaemon(true);
        thread.start();
    }

    private static void addDirectives() {
        try {
            var file = Files.createTempFile("dcr-compiler", ".json");
            try {
                Files.writeString(file, DIRECTIVES);
                DiagnosticCommand.run("Compiler.directives_add " + file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException otherJvm) {
            return; // it starts more slowly, and works
        }
    }
}
