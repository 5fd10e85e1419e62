package dev.dcr.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * node-oidc-provider as a peer: one process in production mode, everything kept in the same PostgreSQL by an adapter over
 * npm's {@code pg}, with prepared statements and a pool as large as the server's. Anybody may register, as at our server.
 */
record NodeOidcProvider(Program program, URI endpoint) implements AutoCloseable {
    static final String NAME = "node-oidc-provider";

    /**
     * @param directory with {@code server.js}; what that needs is installed there, unless it is already
     * @param client    the metadata of a client that it must be able to register
     */
    static NodeOidcProvider start(Path directory, Store store, String client) throws IOException, InterruptedException {
        try (var installation =
                Program.start(directory, Map.of(), List.of("npm", "ci", "--omit=dev", "--no-audit", "--no-fund"))) {
            installation.awaitEnd();
        }
        var port = Http.freePort();
        var endpoint = URI.create("http://localhost:" + port + "/reg");
        var database = URI.create(store.url().substring("jdbc:".length()));
        var program = Program.start(
                directory,
                Map.of(
                        "NODE_ENV",
                        "production",
                        "PORT",
                        "" + port,
                        "DATABASE_URL",
                        "postgresql://%s:%s@%s:%d%s"
                                .formatted(
                                        store.user(),
                                        store.password(),
                                        database.getHost(),
                                        database.getPort(),
                                        database.getPath())),
                List.of("node", "server.js"));
        try {
            program.await(() -> Http.answers(201, "POST", endpoint, client));
            return new NodeOidcProvider(program, endpoint);
        } catch (RuntimeException | InterruptedException failure) {
            program.close();
            throw failure;
        }
    }

    Target target(Store store) {
        return new Target(NAME, store.name(), endpoint, program::cpu, store.cpu());
    }

    @Override
    public void close() {
        program.close();
    }
}
