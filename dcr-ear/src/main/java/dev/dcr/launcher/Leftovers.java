package dev.dcr.launcher;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * The folders of processes that were killed and could not take them away. While such a process lives it holds a lock on a
 * file in there, which ends with the process, however that ends.
 */
final class Leftovers {
    private static final String LOCK = "running";

    /** Open as long as the process lives: closing it would lift the lock. */
    @SuppressWarnings("unused")
    private static FileChannel held;

    private Leftovers() {}

    /** Marks a directory as this process's, until it ends. */
    static void claim(Path home) throws IOException {
        held = FileChannel.open(home.resolve(LOCK), CREATE, WRITE);
        held.lock();
    }

    /**
     * Deletes what belonged to processes of this user that are no more.
     *
     * @param home   the directory of this process
     * @param prefix what the names of such directories beside it begin with
     */
    static void remove(Path home, String prefix) {
        try (var others = Files.newDirectoryStream(home.getParent(), prefix + '*')) {
            var user = owner(home);
            for (var other : others) {
                // its own it must not even open: closing a file lifts all locks that the process has on it
                if (!other.equals(home) && owner(other).equals(user)) removeIfAbandoned(other);
            }
        } catch (IOException | UncheckedIOException gone) {
            // another process that starts deletes the same, or a file cannot be deleted: the next start tries again
        }
    }

    private static void removeIfAbandoned(Path other) throws IOException {
        if (!Files.isRegularFile(other.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) return;
        try (var channel = FileChannel.open(other.resolve(LOCK), WRITE);
                var lock = channel.tryLock()) {
            if (lock != null) Folders.delete(other);
        }
    }

    private static UserPrincipal owner(Path directory) throws IOException {
        return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
    }
}
