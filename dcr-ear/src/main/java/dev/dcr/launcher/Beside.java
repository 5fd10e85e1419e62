package dev.dcr.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;

/** What {@code prepare} leaves beside the jar. */
final class Beside {
    /** Everybody may read it, and only its owner write. */
    static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r--r--");

    private static final Set<PosixFilePermission> WRITING_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private Beside() {}

    /** The jar's name with another end. */
    static String name(Path jar, String end) {
        return jar.getFileName().toString().replaceFirst("\\.jar$", "") + end;
    }

    /**
     * Whether it is as much to be believed as the jar: it is code, so nobody but the jar's owner may have written it, nor
     * may it be a link to elsewhere.
     *
     * @throws IOException                   if it is not there
     * @throws UnsupportedOperationException if this system knows no such owners
     */
    static boolean isBelieved(Path made, Path jar) throws IOException {
        var attributes = Files.readAttributes(made, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return !attributes.isSymbolicLink()
                && attributes.owner().equals(Files.getOwner(jar))
                && Collections.disjoint(attributes.permissions(), WRITING_BY_OTHERS);
    }
}
