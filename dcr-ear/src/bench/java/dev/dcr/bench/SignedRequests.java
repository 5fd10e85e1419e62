package dev.dcr.bench;

import dev.dcr.sandbox.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Registration requests that are signed (PS256), each with a {@code jti} of its own, by a hundred pieces of software with
 * one statement each. They are signed before the load, which could not sign as fast as the server verifies.
 */
record SignedRequests(Directory directory, List<String> statements) {
    private static final int SOFTWARE = 100;

    static SignedRequests of(Directory directory) {
        var statements = IntStream.range(0, SOFTWARE)
                .parallel()
                .mapToObj(i -> directory.statement(directory.software(name(i))).sign())
                .toList();
        return new SignedRequests(directory, statements);
    }

    /** Writes so many requests to a file, one a line. */
    Path write(Path file, int count) throws IOException {
        var requests = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> request(i % SOFTWARE))
                .toList();
        return Files.write(file, requests);
    }

    String request(int software) {
        return directory
                .request(directory.software(name(software)), statements.get(software))
                .sign();
    }

    private static String name(int software) {
        return "software-" + software;
    }
}
