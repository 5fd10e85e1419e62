package dev.dcr.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few megabytes, in memory. Mounting one takes root. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path mountPoint;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    /** Where nobody may mount anything, the test that asks for it is skipped. */
    static SmallDisk of(int megabytes) {
        return mounted("size=" + megabytes + "m");
    }

    /** One of which no program may be run. */
    static SmallDisk withoutPrograms(int megabytes) {
        return mounted("noexec,size=" + megabytes + "m");
    }

    private static SmallDisk mounted(String options) {
        try {
            var mountPoint =
                    Files.createTempDirectory(Path.of("target"), "disk").toRealPath();
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mountPoint.toString()),
                    "only root may mount a file system");
            return new SmallDisk(mountPoint);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path path() {
        return mountPoint;
    }

    /** Leaves no byte to anybody else. */
    void fill() {
        try (var rest = Files.newOutputStream(ballast())) {
            while (true) rest.write(new byte[BLOCK]);
        } catch (IOException full) {
            assertThat(mountPoint.toFile().getUsableSpace()).isLessThan(BLOCK);
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() {
        try {
            Files.delete(ballast());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        run("umount", "--lazy", mountPoint.toString());
    }

    private Path ballast() {
        return mountPoint.resolve("ballast");
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
