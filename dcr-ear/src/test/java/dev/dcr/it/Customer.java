package dev.dcr.it;

import static dev.dcr.it.Scene.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.sandbox.Directory;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Registers clients, changes and deletes them, one request after the other, and remembers what each reply acknowledged.
 * One request at most is without a reply when its server ends; what became of that one the customer finds out later.
 *
 * <p>Each request that stores something carries a mark of its own in {@code initiate_login_uri}; of a signed request it is
 * the {@code jti}, too. With each update the registration access token rotates.
 */
final class Customer {
    private static final int MOST_LIVING = 24;
    private static final int MOST_DELETED = 24;
    private static final String SITE = "https://client.example/";

    private final Directory directory;
    private final Random random;
    private final List<Known> living = new ArrayList<>();
    private final Deque<Known> deleted = new ArrayDeque<>();
    private final Set<String> signedMarks = new HashSet<>();
    private final Map<String, String> markByLostClient = new HashMap<>();
    private Attempt unanswered = new Nothing();
    private int acknowledged;
    private int carriedOut;
    private int leftUndone;

    /** A client as the server has acknowledged it. */
    private record Known(String id, String token, String mark, boolean signed) {}

    private sealed interface Attempt {}

    private record Nothing() implements Attempt {}

    private record Creation() implements Attempt {}

    private record Update(Known before, String mark) implements Attempt {}

    private record Deletion(Known before) implements Attempt {}

    Customer(Directory directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** Sends requests until one is not answered. */
    void work(RegistrationClient server) {
        try {
            while (true) act(server);
        } catch (UncheckedIOException serverIsGone) {
            // the attempt stays unanswered
        }
    }

    /** How many changes were acknowledged. */
    synchronized int acknowledged() {
        return acknowledged;
    }

    /** Of the requests without an answer, how many the server has carried out; creations aside. */
    int carriedOut() {
        return carriedOut;
    }

    /** Of the requests without an answer, how many the server has not carried out; creations aside. */
    int leftUndone() {
        return leftUndone;
    }

    /** The marks of all signed requests, answered or not. */
    Set<String> signedMarks() {
        return signedMarks;
    }

    /** By client whose new token nobody knows, for the reply is lost, the mark that it must have. */
    Map<String, String> markByLostClient() {
        return markByLostClient;
    }

    /** Every acknowledged change is there, and of the one that was not acknowledged all or nothing. */
    void verify(RegistrationClient server) {
        if (unanswered instanceof Update update) settle(server, update);
        if (unanswered instanceof Deletion deletion) settle(server, deletion);
        unanswered = new Nothing();
        for (var known : living) assertThat(mark(read(server, known))).isEqualTo(known.mark());
        for (var known : deleted) assertThat(read(server, known).status()).isEqualTo(401);
    }

    private void settle(RegistrationClient server, Update update) {
        living.remove(update.before());
        if (read(server, update.before()).status() == 200) {
            leftUndone++;
            living.add(update.before());
        } else {
            carriedOut++;
            markByLostClient.put(update.before().id(), update.mark());
        }
    }

    private void settle(RegistrationClient server, Deletion deletion) {
        living.remove(deletion.before());
        if (read(server, deletion.before()).status() == 200) {
            leftUndone++;
            living.add(deletion.before());
        } else {
            carriedOut++;
            deleted.add(deletion.before());
        }
    }

    private void act(RegistrationClient server) {
        var dice = random.nextInt(10);
        if (living.isEmpty() || dice < 4 && living.size() < MOST_LIVING) create(server, dice % 2 == 0);
        else if (dice < 8) update(server, any());
        else delete(server, any());
    }

    private Known any() {
        return living.get(random.nextInt(living.size()));
    }

    private void create(RegistrationClient server, boolean signed) {
        var mark = newMark(signed);
        unanswered = new Creation();
        var reply = signed
                ? server.create(request(mark, Map.of()))
                : server.create(
                        metadata().add("initiate_login_uri", SITE + mark).build());
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        living.add(new Known(reply.clientId(), reply.registrationAccessToken(), mark, signed));
        acknowledge();
    }

    private void update(RegistrationClient server, Known before) {
        var mark = newMark(before.signed());
        unanswered = new Update(before, mark);
        var reply = before.signed()
                ? server.replace(before.id(), before.token(), request(mark, Map.of("client_id", before.id())))
                : server.replace(before.id(), before.token(), plain(before.id(), mark));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        living.remove(before);
        living.add(new Known(before.id(), reply.registrationAccessToken(), mark, before.signed()));
        acknowledge();
    }

    private void delete(RegistrationClient server, Known before) {
        unanswered = new Deletion(before);
        assertThat(server.delete(before.id(), before.token()).status()).isEqualTo(204);
        living.remove(before);
        deleted.add(before);
        if (deleted.size() > MOST_DELETED) deleted.remove();
        acknowledge();
    }

    private synchronized void acknowledge() {
        unanswered = new Nothing();
        acknowledged++;
    }

    private String newMark(boolean signed) {
        var mark = new UUID(random.nextLong(), random.nextLong()).toString();
        if (signed) signedMarks.add(mark);
        return mark;
    }

    private static JsonObject plain(String id, String mark) {
        return metadata()
                .add("client_id", id)
                .add("initiate_login_uri", SITE + mark)
                .build();
    }

    private String request(String mark, Map<String, String> more) {
        var software = directory.software("kills");
        var draft = directory
                .request(software, directory.statement(software).sign())
                .with("jti", mark)
                .with("initiate_login_uri", SITE + mark);
        for (var claim : more.entrySet()) draft = draft.with(claim.getKey(), claim.getValue());
        return draft.sign();
    }

    private static RegistrationReply read(RegistrationClient server, Known known) {
        return server.read(known.id(), known.token());
    }

    private static String mark(RegistrationReply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return markOf(reply.json());
    }

    /** The mark of the request that stored these metadata. */
    static String markOf(JsonObject metadata) {
        return metadata.getString("initiate_login_uri").substring(SITE.length());
    }
}
