package dev.dcr.startup;

import dev.dcr.config.TestFile;
import dev.dcr.fuzz.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A configuration file is taken, or refused with sentences, each on one line of the log. */
public final class DeploymentTomlFuzz {
    private static final Path FILE = TestFile.named("deployment.toml");
    /** Held, or the level would be forgotten: thousands of files are read here, and each is told in the log. */
    private static final Logger LOG = Logger.getLogger(Settings.class.getName());

    private DeploymentTomlFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var level = LOG.getLevel();
        LOG.setLevel(Level.WARNING);
        try {
            Files.write(FILE, input);
            Configured.by(FILE).problems().forEach(DeploymentTomlFuzz::check);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        } finally {
            LOG.setLevel(level);
        }
    }

    private static void check(String problem) {
        Property.holds(problem.lines().count() <= 1, "a problem is told on one line: " + problem);
    }
}
