package dev.dcr.encryption;

import dev.dcr.config.DatabaseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Where the operator's keys come from: one base64 key of 32 bytes a line, the newest first. */
final class KeyFile {
    private static final Logger LOG = Logger.getLogger(KeyFile.class);
    private static final Path DATA = Path.of("data");
    private static final String FILE = "client-secret.key";
    private static final int KEY_BYTES = 32;

    private KeyFile() {}

    /**
     * The configured keys, or the one of the data folder, which is made at the first start: in the folder of the H2
     * database, so that a backup of it takes the key along, else in {@code ./data}.
     */
    static List<byte[]> load(EncryptionConfig config, DatabaseConfig database) {
        return read(config.keyFile()
                .orElseGet(() -> ensure(database.folder().orElse(DATA).resolve(FILE))));
    }

    private static Path ensure(Path file) {
        if (Files.exists(file)) return file;
        try {
            var folder = file.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) Files.createDirectories(folder, allowing("rwx------"));
            var fresh = Files.createTempFile(folder, FILE, ".new", allowing("rw-------"));
            try {
                var key = Base64.getEncoder().encodeToString(newKey()) + "\n";
                Files.writeString(fresh, key, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
                Files.createLink(file, fresh);
                LOG.warnf(
                        "client secrets are encrypted under a key made just now in %s;"
                                + " keep it safe, give it to every node, or name your own in dcr.client_secret.encryption_key_file",
                        file.toAbsolutePath());
            } catch (FileAlreadyExistsException e) {
                LOG.debugf("another process made %s first", file);
            } finally {
                Files.delete(fresh);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("no key for client secrets can be made in " + file, e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> allowing(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static byte[] newKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static List<byte[]> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(Base64.getDecoder()::decode)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the keys for client secrets cannot be read from " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " must hold one base64 key of 32 bytes a line", e);
        }
    }
}
