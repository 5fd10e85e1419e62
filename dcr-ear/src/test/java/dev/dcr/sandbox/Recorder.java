package dev.dcr.sandbox;

import jakarta.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Remembers the last requests to the extension service and counts all of them. */
final class Recorder {
    private static final int KEPT = 100;
    private static final int MAX_CONNECTIONS = 100_000;

    private final Deque<Received> last = new ArrayDeque<>();
    private final Map<Point, Integer> calls = new EnumMap<>(Point.class);
    private final Set<Connection> connections = new HashSet<>();

    private record Connection(Point point, InetSocketAddress sender) {}

    synchronized void record(Received request) {
        if (last.size() == KEPT) last.removeFirst();
        last.addLast(request);
        calls.merge(request.point(), 1, Integer::sum);
        if (connections.size() < MAX_CONNECTIONS) connections.add(new Connection(request.point(), request.sender()));
    }

    /** Oldest first. */
    synchronized List<Received> requests(Point point) {
        return last.stream().filter(request -> request.point() == point).toList();
    }

    synchronized int calls(Point point) {
        return calls.getOrDefault(point, 0);
    }

    synchronized int connections(Point point) {
        return (int) connections.stream()
                .filter(connection -> connection.point() == point)
                .count();
    }

    synchronized void clear() {
        last.clear();
        calls.clear();
        connections.clear();
    }

    /** Of credentials only the scheme is shown, and of the bodies that carry some nothing. */
    synchronized JsonObject asJson() {
        return Json.object(
                Map.of("requests", last.stream().map(Recorder::asJson).toList()));
    }

    private static JsonObject asJson(Received request) {
        var headers = new TreeMap<String, Object>();
        request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.computeIfPresent("Authorization", (name, value) -> ((String) value).split(" ", 2)[0] + " ...");
        return Json.object(Map.of(
                "point",
                request.point().path(),
                "at",
                request.at().toString(),
                "headers",
                headers,
                "body",
                request.point() == Point.TOKEN ? "..." : request.text()));
    }
}
