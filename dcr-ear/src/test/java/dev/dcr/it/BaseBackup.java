package dev.dcr.it;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What {@code pg_basebackup} does, which the embedded binaries lack: the files of a PostgreSQL that runs are copied between
 * two calls, and then its log, by which they become consistent (PostgreSQL's manual, "Making a Base Backup Using the Low
 * Level API").
 */
final class BaseBackup {
    private static final Path LOG = Path.of("pg_wal");
    private static final Path PROCESS = Path.of("postmaster.pid");

    private BaseBackup() {}

    /** Copies the data of the PostgreSQL of this connection into a directory that is not there yet. */
    static void take(Connection connection, Path data, Path backup) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('backup', fast => true)");
            copy(data, Path.of(""), backup);
            try (var stopped = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                stopped.next();
                Files.writeString(backup.resolve("backup_label"), stopped.getString(1));
            }
        }
        copy(data, LOG, backup);
    }

    /** The log is copied only when asked for. What is gone meanwhile was not needed. */
    private static void copy(Path data, Path part, Path backup) throws IOException {
        Files.walkFileTree(data.resolve(part), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                var name = data.relativize(directory);
                if (name.equals(LOG) && !part.equals(LOG)) return SKIP_SUBTREE;
                Files.copy(directory, backup.resolve(name.toString()), COPY_ATTRIBUTES);
                return CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var name = data.relativize(file);
                if (name.equals(PROCESS)) return CONTINUE;
                try {
                    Files.copy(file, backup.resolve(name.toString()), COPY_ATTRIBUTES);
                } catch (NoSuchFileException gone) {
                    return CONTINUE;
                }
                return CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) return CONTINUE;
                throw failure;
            }
        });
    }
}
