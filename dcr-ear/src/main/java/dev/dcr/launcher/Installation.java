package dev.dcr.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server's files, out of the jar and into a temporary directory, the modules but linked where they were prepared.
 * WildFly deletes them when it stops, the link alone; where it was killed or did not succeed, the next start does.
 */
record Installation(Path home) {
    private static final String PREFIX = "dcr-server-";

    static Installation unpack() {
        try (var files = ServerFiles.of(jar())) {
            var home = Files.createTempDirectory(PREFIX);
            Leftovers.claim(home);
            if (PreparedModules.of(files).lend(home)) files.unpackAllButModules(home);
            else files.unpack(home);
            return new Installation(home);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Deletes what other servers have left, without anybody waiting for it. */
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
}
