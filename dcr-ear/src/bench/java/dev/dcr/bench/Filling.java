package dev.dcr.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.IntStream;

/** Clients by the million: copies of a client that the server has registered, each with its own id, token and audit row. */
final class Filling {
    private static final int BATCH = 5000;
    private static final int SAMPLE = 50_000;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Store store;
    private final String metadata;
    private int stored;

    /** @param model {@code client_id} of the client to copy; it has no secret, which would be sealed for it alone */
    Filling(Store store, String model) throws SQLException {
        this.store = store;
        try (var connection = store.connect();
                var select = connection.prepareStatement("select metadata from client where client_id = ?")) {
            select.setString(1, model);
            var row = select.executeQuery();
            row.next();
            metadata = row.getString(1);
        }
    }

    /** Adds clients until there are so many. No server may have the database open. */
    void fillTo(int clients) throws SQLException {
        try (var connection = store.connect()) {
            connection.setAutoCommit(false);
            try (var client = connection.prepareStatement("insert into client (client_id, metadata,"
                            + " registration_token_hash, issued_at, changed_at, version) values (?, " + store.json()
                            + ", ?, ?, ?, 0)");
                    var audit = connection.prepareStatement("insert into audit_event (occurred_at, correlation_id,"
                            + " source_address, actor, action, client_id, metadata_after) values (?, ?, '127.0.0.1',"
                            + " 'anonymous', 'create', ?, " + store.json() + ")")) {
                var now = OffsetDateTime.now();
                while (stored < clients) {
                    var id = id(stored);
                    client.setString(1, id);
                    client.setString(2, metadata);
                    client.setString(3, sha256(token(stored)));
                    client.setObject(4, now);
                    client.setObject(5, now);
                    client.addBatch();
                    audit.setObject(1, now);
                    audit.setString(2, id);
                    audit.setString(3, id);
                    audit.setString(4, metadata);
                    audit.addBatch();
                    stored++;
                    if (stored % BATCH == 0 || stored == clients) {
                        client.executeBatch();
                        audit.executeBatch();
                        connection.commit();
                    }
                }
            }
        }
        store.settle();
    }

    /** Writes clients from all over the table to a file, as the scripts of the load read them. */
    Path sample(Path file) throws IOException {
        var step = Math.max(1, stored / SAMPLE);
        var lines = IntStream.iterate(0, i -> i < stored, i -> i + step)
                .mapToObj(i -> "/register/" + id(i) + " " + id(i) + " " + token(i));
        return Files.write(file, (Iterable<String>) lines::iterator);
    }

    private static String id(int client) {
        return UUID.nameUUIDFromBytes(("client " + client).getBytes(US_ASCII)).toString();
    }

    private static String token(int client) {
        return sha256("token " + client);
    }

    private static String sha256(String text) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
