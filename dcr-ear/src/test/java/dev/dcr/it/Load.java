package dev.dcr.it;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Callers who register clients and read them, one after the other, until they are stopped. They pause for a moment, so that
 * a server that starts meanwhile gets its share of the processors.
 */
final class Load implements AutoCloseable {
    /** Where requests go. */
    private interface Endpoint {
        RegistrationReply send(Function<RegistrationClient, RegistrationReply> request);
    }

    private static final int CALLERS = 4;
    private static final int ENOUGH = 40;
    private static final int PAUSE_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Endpoint endpoint;
    private final Queue<JsonObject> registered = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);

    private Load(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    static Load on(Cluster cluster) {
        return started(cluster::send);
    }

    static Load on(ServerProcess server) {
        var client = new RegistrationClient(server.http().resolve("/register"));
        return started(request -> request.apply(client));
    }

    private static Load started(Endpoint endpoint) {
        var load = new Load(endpoint);
        for (var i = 0; i < CALLERS; i++)
            load.callers.scheduleWithFixedDelay(load::call, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return load;
    }

    /** Waits until some more clients have been registered. */
    void awaitProgress() {
        var before = registered.size();
        await().atMost(PATIENCE).until(() -> registered.size() >= before + ENOUGH);
    }

    /** What the server has acknowledged: its replies of 201. */
    Queue<JsonObject> registered() {
        return registered;
    }

    /** Requests that got no answer, or another than the one they should. */
    Queue<String> failures() {
        return failures;
    }

    private void call() {
        try {
            callOnce();
        } catch (RuntimeException unanswered) {
            failures.add(unanswered.toString());
        }
    }

    private void callOnce() {
        var created = endpoint.send(client -> client.create(Scene.metadata().build()));
        if (created.status() != 201) {
            failures.add("create: " + created);
            return;
        }
        registered.add(created.json());
        var read = endpoint.send(client -> client.read(created.clientId(), created.registrationAccessToken()));
        if (read.status() != 200) failures.add("read: " + read);
    }

    /** Stops the callers and waits for their last replies. */
    @Override
    public void close() {
        callers.shutdown();
        try {
            if (!callers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                throw new AssertionError("a caller still waits for its reply");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
