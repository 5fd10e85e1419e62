package dev.dcr.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The server's files, as they lie in the jar.
 *
 * @param jar open
 */
record ServerFiles(ZipFile jar) implements AutoCloseable {
    private static final String FOLDER = "server/";

    /** The folder of the server that its modules are in: nine tenths of all, and nothing that a server writes. */
    static final String MODULES = "modules";

    private static final String FOLDER_OF_MODULES = FOLDER + MODULES + "/";

    /** Bytes; the larger, the less the threads wait for each other: they share one open jar. */
    private static final int LARGEST_BUFFER = 256 * 1024;

    static ServerFiles of(Path jar) throws IOException {
        return new ServerFiles(new ZipFile(jar.toFile()));
    }

    void unpack(Path home) {
        unpack(entries(), FOLDER, home);
    }

    void unpackAllButModules(Path home) {
        unpack(entries().filter(entry -> !isOfModule(entry)), FOLDER, home);
    }

    void unpackModules(Path folder) {
        unpack(entries().filter(ServerFiles::isOfModule), FOLDER_OF_MODULES, folder);
    }

    /** What the modules are told from those of another jar by: eight characters, made of their names and checksums. */
    String identityOfModules() {
        var checksum = new CRC32();
        entries().filter(ServerFiles::isOfModule).forEach(entry -> {
            checksum.update(entry.getName().getBytes(UTF_8));
            checksum.update(
                    ByteBuffer.allocate(Long.BYTES).putLong(entry.getCrc()).flip());
        });
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    private Stream<? extends ZipEntry> entries() {
        return jar.stream().filter(entry -> entry.getName().startsWith(FOLDER));
    }

    private static boolean isOfModule(ZipEntry entry) {
        return entry.getName().startsWith(FOLDER_OF_MODULES);
    }

    /** By all processors at once. */
    private void unpack(Stream<? extends ZipEntry> entries, String from, Path to) {
        entries.parallel()
                .forEach(entry -> unpack(entry, to.resolve(entry.getName().substring(from.length()))));
    }

    private void unpack(ZipEntry entry, Path target) {
        try {
            Files.createDirectories(entry.isDirectory() ? target : target.getParent());
            if (entry.isDirectory()) return;
            try (var content = jar.getInputStream(entry);
                    var file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                var buffer = new byte[(int) Math.min(entry.getSize() + 1, LARGEST_BUFFER)];
                for (int read; (read = content.read(buffer)) >= 0; ) file.write(buffer, 0, read);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
