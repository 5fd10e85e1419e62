package dev.dcr.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The modules of the server, unpacked in a folder beside the jar: a start that finds them need not write them. The name of
 * the folder tells of which jar they are, so those of a later jar come beside them, and servers that run keep theirs.
 *
 * @param jar    the jar
 * @param folder the folder, which need not be there
 */
record PreparedModules(Path jar, Path folder) {
    private static final Set<PosixFilePermission> MODE_OF_FOLDERS = PosixFilePermissions.fromString("rwxr-xr-x");

    static PreparedModules of(ServerFiles files) {
        var jar = Path.of(files.jar().getName());
        return new PreparedModules(jar, jar.resolveSibling(prefix(jar) + files.identityOfModules()));
    }

    private static String prefix(Path jar) {
        return Beside.name(jar, ".modules-");
    }

    /**
     * Has this server's modules be the prepared ones, if they are there and to be believed, and nobody remove them as long
     * as it runs.
     *
     * @param home the server's folder
     * @return whether they are
     */
    boolean lend(Path home) {
        try {
            if (!Beside.isBelieved(folder, jar) || !Leftovers.share(folder)) return false;
            Files.createSymbolicLink(home.resolve(ServerFiles.MODULES), folder.toAbsolutePath());
            return true;
        } catch (IOException | UnsupportedOperationException absent) {
            return false;
        }
    }

    /**
     * Unpacks them anew, and removes those of former jars; what a server uses stays.
     *
     * @param temporary a folder of this process beside the jar
     * @throws Refusal if some are there that no start would believe, and cannot be removed
     */
    void make(ServerFiles files, Path temporary) throws Refusal, IOException {
        Leftovers.remove(temporary, prefix(jar));
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) unpack(files, temporary);
        if (!Beside.isBelieved(folder, jar))
            throw new Refusal(folder + " is a link, or not the jar owner's alone. Delete it, and prepare again");
    }

    private void unpack(ServerFiles files, Path temporary) throws IOException {
        var made = temporary.resolve(ServerFiles.MODULES);
        files.unpackModules(made);
        Leftovers.makeShareable(made);
        try (var content = Files.walk(made)) {
            content.forEach(PreparedModules::settle);
        }
        try {
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            var othersWereQuicker = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
            if (!othersWereQuicker) throw failure;
        }
    }

    /** Whatever the process's mask, everybody may read it, and only its owner write; and it is on the disk. */
    private static void settle(Path file) {
        try {
            if (Files.isDirectory(file)) {
                Files.setPosixFilePermissions(file, MODE_OF_FOLDERS);
                return;
            }
            Files.setPosixFilePermissions(file, Beside.MODE);
            try (var content = FileChannel.open(file, StandardOpenOption.WRITE)) {
                content.force(true);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
