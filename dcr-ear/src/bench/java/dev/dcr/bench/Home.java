package dev.dcr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** Where the benchmark lies: its jar, scripts and requests, the peers, and room to work in. */
record Home(Path directory) {

    /** The directory of the jar that this process runs. */
    static Home ofThisJar() {
        try {
            var jar = Home.class.getProtectionDomain().getCodeSource().getLocation();
            return new Home(Path.of(jar.toURI()).toAbsolutePath().getParent());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    Path server() {
        return directory.resolveSibling("dcr-server.jar");
    }

    Path scripts() {
        return directory.resolve("lua");
    }

    Optional<Path> keycloak() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("keycloak.*\\.zip"))
                    .findFirst();
        }
    }

    Path spring() {
        return directory.resolve("spring.jar");
    }

    Path node() {
        return directory.resolve("node");
    }

    /** The file with the body of a request. */
    String request(String name) {
        return directory.resolve("requests/" + name + ".json").toString();
    }

    /** The body of a request. */
    String body(String name) throws IOException {
        return Files.readString(Path.of(request(name))).strip();
    }

    /** A file or directory that is gone after the run. */
    Path file(String name) {
        return directory.resolve("work").resolve(name);
    }

    void clear() throws IOException {
        var work = directory.resolve("work");
        if (Files.exists(work)) {
            try (var files = Files.walk(work)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        Files.createDirectories(work);
    }
}
