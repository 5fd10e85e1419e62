package dev.dcr.https;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Files that somebody renews, one after the other and while they are read: what is in them counts once it has stood still
 * from one look to the next.
 */
final class Renewal {
    private final List<Path> files;
    private byte[] inUse;
    private byte[] lastSeen;

    /** What the files hold at this moment is in use. */
    Renewal(List<Path> files) {
        this.files = List.copyOf(files);
        inUse = look();
        lastSeen = inUse;
    }

    /** Looks at the files; tells whether they hold something new. */
    boolean isDue() {
        var before = lastSeen;
        lastSeen = look();
        return MessageDigest.isEqual(before, lastSeen) && !MessageDigest.isEqual(inUse, lastSeen);
    }

    /** What was seen last has been dealt with. */
    void done() {
        inUse = lastSeen;
    }

    private byte[] look() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files) digest.update(digestOf(file));
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A file that is not there, for a moment or for good, has a digest as well. */
    private static byte[] digestOf(Path file) throws NoSuchAlgorithmException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        } catch (IOException gone) {
            return new byte[0];
        }
    }
}
