package dev.dcr.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A server that runs, as its operator talks to it. */
final class RunningServer {
    /** For what is answered at once. */
    static final Duration USUAL = Duration.ofSeconds(10);

    /** For what takes longer the more clients and events there are. */
    static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(1);

    private final URI address;
    private final String adminToken;

    private RunningServer(URI address, String adminToken) {
        this.address = address;
        this.adminToken = adminToken;
    }

    /**
     * The server at this address, by default on this machine.
     *
     * @throws Refusal if the configuration has no administrative token, or mistakes
     */
    static RunningServer at(Optional<String> address) throws Refusal {
        var token = Configuration.read()
                .adminToken()
                .orElseThrow(() -> new Refusal("dcr.admin.token: not set; without it the server takes no orders"));
        return new RunningServer(URI.create(address.orElseGet(RunningServer::ofThisMachine)), token);
    }

    /**
     * Sends JSON.
     *
     * @param path     below the server's address, with a slash in front
     * @param patience how long to wait for the answer
     */
    HttpResponse<String> post(String path, String json, Duration patience) throws Refusal, InterruptedException {
        var request = request(path).header("Content-Type", "application/json").timeout(patience);
        return send(request.POST(BodyPublishers.ofString(json)), BodyHandlers.ofString());
    }

    /** Asks for what is there, which may be long. */
    HttpResponse<InputStream> get(String path) throws Refusal, InterruptedException {
        return send(request(path).timeout(USUAL), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + adminToken);
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> reader)
            throws Refusal, InterruptedException {
        var built = request.build();
        try {
            return HttpClient.newBuilder().connectTimeout(USUAL).build().send(built, reader);
        } catch (IOException unreachable) {
            throw new Refusal(built.uri() + " does not answer: " + unreachable);
        }
    }

    /** What to tell where the server answered something else than was hoped for. */
    static Refusal unexpected(HttpResponse<String> reply) {
        return new Refusal("%s answered %d: %s".formatted(reply.uri(), reply.statusCode(), reply.body()));
    }

    private static String ofThisMachine() {
        return "http://localhost:"
                + Optional.ofNullable(System.getenv("DCR_HTTP_PORT")).orElse("8080");
    }
}
