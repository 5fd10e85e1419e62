package dev.dcr.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Spring Authorization Server as a peer: its endpoint for OpenID Connect registration, everything in the same PostgreSQL by
 * its own JDBC classes. Each registration takes a token that is good for one, so a load that registers fetches it first.
 */
record SpringAuthorizationServer(Program program, URI url) implements AutoCloseable {
    static final String NAME = "spring";

    static SpringAuthorizationServer start(Path jar, Path directory, Store store)
            throws IOException, InterruptedException {
        var port = Http.freePort();
        var url = URI.create("http://localhost:" + port);
        var program = Program.start(
                directory,
                Map.of(
                        "SERVER_PORT", "" + port,
                        "SPRING_DATASOURCE_URL", store.url(),
                        "SPRING_DATASOURCE_USERNAME", store.user(),
                        "SPRING_DATASOURCE_PASSWORD", store.password()),
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        try {
            program.await(() -> Http.answers(200, "GET", url.resolve("/.well-known/openid-configuration"), ""));
            return new SpringAuthorizationServer(program, url);
        } catch (RuntimeException | InterruptedException failure) {
            program.close();
            throw failure;
        }
    }

    Target target(Store store) {
        return new Target(NAME, store.name(), url.resolve("/connect/register"), program::cpu, store.cpu());
    }

    /** Fetches a token and registers a client with it, again and again; each pair counts as one request. */
    Run register(Home home, Store store, int connections, int seconds, Path keep)
            throws IOException, InterruptedException {
        Files.deleteIfExists(keep);
        var pairs = new Wrk(home.scripts())
                .run(
                        target(store),
                        connections,
                        seconds,
                        "token-and-create",
                        List.of(home.request("create"), keep.toString()));
        return new Run(
                pairs.requests() / 2, pairs.micros(), pairs.p50(), pairs.p99(), pairs.server(), pairs.database());
    }

    @Override
    public void close() {
        program.close();
    }
}
