package dev.dcr.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The server's files, out of the jar and into a temporary directory, by all processors at once. WildFly deletes them
 * when it stops; where it was killed, the next start does.
 */
record Installation(Path home) {
    /** In the jar, the server's files lie in this folder. */
    private static final String FOLDER = "server/";

    private static final String PREFIX = "dcr-server-";

    /** Bytes; the larger, the less the threads wait for each other: they share one open jar. */
    private static final int LARGEST_BUFFER = 256 * 1024;

    static Installation unpack() {
        try (var jar = new ZipFile(jar().toFile())) {
            var home = Files.createTempDirectory(PREFIX);
            Leftovers.claim(home);
            jar.stream()
                    .parallel()
                    .filter(entry -> entry.getName().startsWith(FOLDER))
                    .forEach(entry ->
                            copy(jar, entry, home.resolve(entry.getName().substring(FOLDER.length()))));
            return new Installation(home);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Deletes what servers that were killed have left, without anybody waiting for it. */
    void removeLeftovers() {
        var cleaner = new Thread(() -> Leftovers.remove(home, PREFIX), "leftovers");
        cleaner.setDaemon(true);
        cleaner.start();
    }

    /** The jar that this process runs. */
    static Path jar() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Takes the files away again, where no server was started that would. */
    void delete() {
        Folders.delete(home);
    }

    private static void copy(ZipFile jar, ZipEntry entry, Path target) {
        try {
            Files.createDirectories(entry.isDirectory() ? target : target.getParent());
            if (entry.isDirectory()) return;
            try (var content = jar.getInputStream(entry);
                    var file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                var buffer = new byte[(int) Math.min(entry.getSize() + 1, LARGEST_BUFFER)];
                for (int read; (read = content.read(buffer)) >= 0; ) file.write(buffer, 0, read);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
