package dev.dcr.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What the database alone makes of a registration: the same rows in the same tables, one commit, by pgbench. Values are
 * those of a client that the server has registered.
 */
record PgBench(Store store, Path directory, String metadata, String secret) {
    private static final String CREATE = """
            \\set a random(0, 4611686018427387903)
            \\set b random(0, 4611686018427387903)
            begin;
            insert into client (client_id, metadata, registration_token_hash, client_secret, issued_at, changed_at, version) values (substr(md5(concat(:a::bigint)), 1, 24), :metadata, md5(concat(:a::bigint, 't')) || substr(md5(concat(:b::bigint)), 1, 11), :secret, current_timestamp, current_timestamp, 0);
            insert into audit_event (occurred_at, correlation_id, source_address, actor, action, client_id, metadata_after) values (current_timestamp, concat(:b::bigint), '127.0.0.1', 'anonymous', 'create', substr(md5(concat(:a::bigint)), 1, 24), :metadata) returning id;
            commit;
            """;

    /** @param model {@code client_id} of a client like those that are created */
    static PgBench like(String model, Store store, Path directory) throws SQLException, IOException {
        try (var connection = store.connect();
                var select =
                        connection.prepareStatement("select metadata, client_secret from client where client_id = ?")) {
            select.setString(1, model);
            var row = select.executeQuery();
            row.next();
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("create.sql"), CREATE);
            return new PgBench(store, directory, row.getString(1), row.getString(2));
        }
    }

    Run run(int connections, int seconds) throws IOException, InterruptedException {
        var address = URI.create(store.url().substring("jdbc:".length()));
        var log = directory.resolve("log");
        var before = store.cpu().get();
        var printed = Tool.run(List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + connections,
                "--time=" + seconds,
                "--file=" + directory.resolve("create.sql"),
                "--define=metadata=" + metadata,
                "--define=secret=" + secret,
                "--log",
                "--log-prefix=" + log,
                "--host=" + address.getHost(),
                "--port=" + address.getPort(),
                "--username=" + store.user(),
                address.getPath().substring(1)));
        return read(log, printed, store.cpu().get().minus(before));
    }

    /** The transactions, as pgbench has logged them: client, number, microseconds, script, second, microsecond. */
    private Run read(Path prefix, String printed, Duration database) throws IOException {
        long[] latencies;
        try (var logs = Files.list(directory)) {
            var log = logs.filter(file -> file.toString().startsWith(prefix.toString()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("pgbench: " + printed));
            try (var lines = Files.lines(log)) {
                latencies = lines.mapToLong(line -> Long.parseLong(line.split(" ", 4)[2]))
                        .sorted()
                        .toArray();
            }
            Files.delete(log);
        }
        var rate = printed.lines()
                .filter(line -> line.startsWith("tps = "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[2]))
                .findFirst();
        if (rate.isEmpty() || latencies.length == 0) throw new IllegalStateException("pgbench: " + printed);
        return new Run(
                latencies.length,
                Math.round(latencies.length * 1e6 / rate.getAsDouble()),
                latencies[latencies.length / 2],
                latencies[(int) (latencies.length * 0.99)],
                Duration.ZERO,
                database);
    }
}
