package dev.dcr.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Two nodes on one PostgreSQL database with one encryption key, and what a balancer in front of them does. */
final class Cluster implements AutoCloseable {
    private static final int NODES = 2;

    private final IntFunction<ServerProcess.Setup> setup;
    private final AtomicReferenceArray<ServerProcess> nodes = new AtomicReferenceArray<>(NODES);
    private final AtomicInteger turn = new AtomicInteger();

    private final String database;

    private Cluster(String database, IntFunction<ServerProcess.Setup> setup) {
        this.database = database;
        this.setup = setup;
    }

    /** Starts all nodes at the same moment, on a new and empty database. */
    static Cluster start(String toml, Map<String, String> environment) {
        return start(toml, node -> environment);
    }

    /** The same where nodes are not alike: the environment goes by the node's number. */
    static Cluster start(String toml, IntFunction<Map<String, String>> environments) {
        var database = Postgres.newDatabase();
        var key = encryptionKey().toString();
        var cluster = new Cluster(database, number -> {
            var node = ServerProcess.configured(toml)
                    .environment("DCR_DATABASE_URL", database)
                    .environment("DCR_CLIENT_SECRET_ENCRYPTION_KEY_FILE", key);
            environments.apply(number).forEach(node::environment);
            return node;
        });
        var starts = IntStream.range(0, NODES)
                .mapToObj(node -> CompletableFuture.runAsync(() -> cluster.start(node)))
                .toList();
        try {
            starts.forEach(CompletableFuture::join);
            return cluster;
        } catch (RuntimeException failure) {
            starts.forEach(start -> start.exceptionally(ignored -> null).join());
            cluster.close();
            throw failure;
        }
    }

    /** Starts a node in the place of one that has ended. */
    void start(int node) {
        nodes.set(node, setup.apply(node).start());
    }

    /** Address, user and password of the nodes' database. */
    String database() {
        return database;
    }

    ServerProcess node(int node) {
        return nodes.get(node);
    }

    /** A client that talks to this node alone. */
    RegistrationClient client(int node) {
        return new RegistrationClient(node(node).http().resolve("/register"));
    }

    /** Sends a request to the next node that is ready. From then on it is that node's to answer. */
    RegistrationReply send(Function<RegistrationClient, RegistrationReply> request) {
        while (true) {
            var node = node(Math.floorMod(turn.getAndIncrement(), NODES));
            if (isReady(node.management()))
                return request.apply(new RegistrationClient(node.http().resolve("/register")));
        }
    }

    private static boolean isReady(URI management) {
        try {
            return new RegistrationClient(management)
                            .send("GET", "/health/ready", new byte[0], Map.of())
                            .status()
                    == 200;
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    private static Path encryptionKey() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        try {
            var file = Files.createTempFile(Path.of("target"), "encryption", ".key");
            var key = Base64.getEncoder().encodeToString(bytes);
            Files.writeString(file, key + "\n");
            Secrets.SEEN.inFile(key);
            return file.toAbsolutePath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        IntStream.range(0, NODES)
                .mapToObj(this::node)
                .filter(node -> node != null)
                .forEach(ServerProcess::close);
    }
}
