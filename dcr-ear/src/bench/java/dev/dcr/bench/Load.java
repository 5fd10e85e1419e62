package dev.dcr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The scenarios at one server: which script they are, and what it is given. */
final class Load {
    private static final String JSON = "application/json";
    private static final int SIGNED_PER_SECOND = 1000;

    private final Home home;
    private final Options options;
    private final Target target;
    private final Optional<Path> sample;
    private final SignedRequests signer;
    private double signedPerSecond = SIGNED_PER_SECOND;

    /** @param sample clients with keys that may be read and replaced; where there are none, the load registers some */
    Load(Home home, Options options, Target target, Optional<Path> sample, SignedRequests signer) {
        this.home = home;
        this.options = options;
        this.target = target;
        this.sample = sample;
        this.signer = signer;
    }

    /** Loads the server before anything is measured, so that its code is compiled. */
    void warmUp(Scenario scenario) throws IOException, InterruptedException {
        if (options.warmUp() > 0) run(scenario, 8, options.warmUp());
    }

    Run run(Scenario scenario, int connections, int seconds) throws IOException, InterruptedException {
        return switch (scenario) {
            case READ ->
                wrk(connections, seconds, "read", clients(2, connections).toString());
            case UPDATE ->
                wrk(connections, seconds, "update", clients(2, connections).toString(), update());
            case CREATE, CREATE_EXTENSION -> wrk(connections, seconds, "create", home.request("create"), JSON, "0");
            case CREATE_SIGNED -> signed(connections, seconds);
            case LIFE_CYCLE ->
                wrk(connections, seconds, "life-cycle", home.request("create"), JSON, home.request("update"));
            case DELETE ->
                wrk(
                        connections,
                        seconds,
                        "delete",
                        stock(2 * seconds + 1, connections).toString(),
                        "0");
        };
    }

    private Run signed(int connections, int seconds) throws IOException, InterruptedException {
        var requests = signer.write(home.file("signed"), (int) (signedPerSecond * seconds * 1.5) + 100);
        var run = wrk(connections, seconds, "create", requests.toString(), "application/jwt", "0");
        signedPerSecond = Math.max(signedPerSecond, run.perSecond());
        return run;
    }

    private Path clients(int seconds, int connections) throws IOException, InterruptedException {
        return sample.isPresent() ? sample.get() : stock(seconds, connections);
    }

    private String update() {
        return home.request(sample.isPresent() ? "update-with-keys" : "update");
    }

    private Path stock(int seconds, int connections) throws IOException, InterruptedException {
        var file = home.file("stock");
        Files.deleteIfExists(file);
        wrk(Math.max(8, connections), seconds, "create", home.request("create"), JSON, "0", file.toString());
        return file;
    }

    private Run wrk(int connections, int seconds, String script, String... arguments)
            throws IOException, InterruptedException {
        return new Wrk(home.scripts()).run(target, connections, seconds, script, List.of(arguments));
    }
}
