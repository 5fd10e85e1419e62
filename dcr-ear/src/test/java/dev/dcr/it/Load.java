package dev.dcr.it;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Callers who register clients and read them, one after the other without a pause, until they are stopped. */
final class Load implements AutoCloseable {
    /** Where requests go. */
    private interface Endpoint {
        RegistrationReply send(Function<RegistrationClient, RegistrationReply> request);
    }

    private static final int CALLERS = 4;
    private static final int ENOUGH = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Endpoint endpoint;
    private final Queue<JsonObject> registered = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers;
    private volatile boolean stopped;

    private Load(Endpoint endpoint) {
        this.endpoint = endpoint;
        callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> new Thread(this::call, "caller " + i))
                .toList();
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
        load.callers.forEach(Thread::start);
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
        while (!stopped) {
            try {
                callOnce();
            } catch (RuntimeException unanswered) {
                failures.add(unanswered.toString());
            }
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
        stopped = true;
        for (var caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
