package dev.dcr.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a JVM has made of the server's classes, in a file beside the jar: one that maps it need not read, verify and link
 * them again. It fits the jar and the Java that it was made with. Any other Java starts without, and without what it has
 * of its own classes as well, so it is not told of one that does not fit.
 *
 * @param jar  the jar
 * @param file the archive, which need not be there
 */
record ClassArchive(Path jar, Path file) {
    /** Bytes in which the header fits. */
    private static final int HEADER = 4096;

    /** That of the jar which this process runs, by the same name. */
    static ClassArchive ofThisJar() {
        return of(Installation.jar());
    }

    static ClassArchive of(Path jar) {
        return new ClassArchive(jar, jar.resolveSibling(Beside.name(jar, ".jsa")));
    }

    /**
     * Whether it is there, made by this Java and after the jar, and to be believed. A colon in its name the JVM would take
     * for the end of the name.
     */
    boolean isUsable() {
        if (file.toString().contains(":")) return false;
        try {
            return Beside.isBelieved(file, jar)
                    && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) >= 0
                    && isOfThisJava();
        } catch (IOException | UnsupportedOperationException absent) {
            return false;
        }
    }

    /** Its header says which build of which JVM has made it. */
    private boolean isOfThisJava() throws IOException {
        try (var content = Files.newInputStream(file)) {
            var header = new String(content.readNBytes(HEADER), ISO_8859_1);
            return header.contains('(' + System.getProperty("java.vm.version") + ')');
        }
    }

    /** The option by which a JVM maps it. */
    String option() {
        return "-XX:SharedArchiveFile=" + file;
    }

    /** Takes the place of what was there, at once. Whoever has mapped the former keeps it. */
    void replaceBy(Path made) throws IOException {
        Files.setPosixFilePermissions(made, Beside.MODE);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
