package dev.dcr.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that tests have the server read; they are gone when the tests have ended. */
public final class TestFile {
    private TestFile() {}

    /** A file of that name and content. */
    public static Path of(String name, String content) {
        try {
            return Files.writeString(named(name), content);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** The place for a file of that name, in a folder of its own. */
    public static Path named(String name) {
        try {
            var folder = Files.createTempDirectory("dcr");
            folder.toFile().deleteOnExit();
            var file = folder.resolve(name);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
