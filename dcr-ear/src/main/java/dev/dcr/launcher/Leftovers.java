package dev.dcr.launcher;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folders of processes that have ended and did not take them away. While such a process lives it holds a lock on a file
 * in there, which ends with the process, however that ends.
 */
final class Leftovers {
    private static final String LOCK = "running";

    /** What WildFly puts into a server's folder when it begins to delete it, and deletes last. */
    private static final String OF_WILDFLY = "wildfly-cleanup-marker";

    private static final Duration LONGEST_DELETION = Duration.ofMinutes(1);

    /** Open as long as the process lives: closing them would lift the locks. */
    private static final List<FileChannel> HELD = new ArrayList<>();

    private Leftovers() {}

    /** Marks a directory as this process's, until it ends. */
    static void claim(Path home) throws IOException {
        hold(home, CREATE, WRITE).lock();
    }

    /** Lets processes share a directory. */
    static void makeShareable(Path folder) throws IOException {
        Files.createFile(folder.resolve(LOCK));
    }

    /**
     * Marks a directory as this process's, and as that of others who do the same, until all of them have ended.
     *
     * @return whether it is, and not being removed
     * @throws IOException if it is not there or cannot be shared
     */
    static boolean share(Path folder) throws IOException {
        return hold(folder, READ).tryLock(0, Long.MAX_VALUE, true) != null && Files.exists(folder.resolve(LOCK));
    }

    private static FileChannel hold(Path folder, OpenOption... options) throws IOException {
        var channel = FileChannel.open(folder.resolve(LOCK), options);
        HELD.add(channel);
        return channel;
    }

    /**
     * Deletes what belonged to processes of this user that are no more. It is moved away first: nobody meets it half deleted,
     * and if this process does not get to the end, it goes with what this one leaves.
     *
     * @param home   the directory of this process
     * @param prefix what the names of such directories beside it begin with; the rest is hexadecimal digits
     */
    static void remove(Path home, String prefix) {
        var name = Pattern.compile(Pattern.quote(prefix) + "[0-9a-f]+");
        try (var others = Files.newDirectoryStream(
                home.getParent(),
                file -> name.matcher(file.getFileName().toString()).matches())) {
            var user = owner(home);
            for (var other : others) {
                // its own it must not even open: closing a file lifts all locks that the process has on it
                if (!other.equals(home) && owner(other).equals(user)) removeIfAbandoned(other, home);
            }
        } catch (IOException | UncheckedIOException gone) {
            // another process that starts deletes the same, or a file cannot be deleted: the next start tries again
        }
    }

    private static void removeIfAbandoned(Path other, Path home) throws IOException {
        if (isHalfDeleted(other)) {
            takeAway(other, home);
            return;
        }
        if (!Files.isRegularFile(other.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) return;
        try (var channel = FileChannel.open(other.resolve(LOCK), WRITE);
                var lock = channel.tryLock()) {
            if (lock != null) takeAway(other, home);
        }
    }

    /** WildFly deletes in no order that is known, and stops at the first file that it cannot delete. */
    private static boolean isHalfDeleted(Path other) throws IOException {
        var marker = other.resolve(OF_WILDFLY);
        return Files.notExists(other.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(marker)
                        .toInstant()
                        .isBefore(Instant.now().minus(LONGEST_DELETION));
    }

    private static void takeAway(Path other, Path home) throws IOException {
        Folders.delete(Files.move(other, home.resolve(other.getFileName()), StandardCopyOption.ATOMIC_MOVE));
    }

    private static UserPrincipal owner(Path directory) throws IOException {
        return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
    }
}
