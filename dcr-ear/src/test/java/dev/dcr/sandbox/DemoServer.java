package dev.dcr.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The registration server as a child process, set up to believe the sandbox's directory and ask its extension. */
final class DemoServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final URI ready;

    private DemoServer(Process process, URI ready) {
        this.process = process;
        this.ready = ready;
    }

    /** What the server calls itself. */
    static String url() {
        return "http://localhost:" + environment("DCR_HTTP_PORT", "8080");
    }

    /**
     * Starts the server in a directory, which gets its {@code deployment.toml} and data.
     *
     * @throws IOException if the directory cannot be written or no process be started
     */
    static DemoServer start(Path jar, Path directory, URI sandbox, String password) throws IOException {
        Files.createDirectories(directory);
        var configuration = directory.resolve("deployment.toml").toAbsolutePath();
        Files.writeString(configuration, configuration(sandbox, password));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(java, "-jar", jar.toAbsolutePath().toString())
                .directory(directory.toFile())
                .inheritIO();
        child.environment().put("DCR_CONFIG", configuration.toString());
        var management = environment("DCR_MANAGEMENT_PORT", "9990");
        return new DemoServer(child.start(), URI.create("http://localhost:" + management + "/health/ready"));
    }

    /** Waits until the server is ready. False if it ended, or took longer than three minutes. */
    boolean awaitReady() throws InterruptedException {
        var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        var deadline = Instant.now().plus(START);
        while (Instant.now().isBefore(deadline)) {
            if (isReady(http)) return true;
            if (process.waitFor(200, TimeUnit.MILLISECONDS)) return false;
        }
        return false;
    }

    /** Waits for the server's end and returns its exit code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** The exit code of a server that has ended. */
    Optional<Integer> exitCode() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** Asks the server to end, and ends it if it does not within twenty seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady(HttpClient http) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    private static String configuration(URI sandbox, String password) throws IOException {
        try (var template = DemoServer.class.getResourceAsStream("/sandbox/deployment.toml")) {
            return new String(template.readAllBytes(), UTF_8)
                    .replace("http://localhost:8080", url())
                    .replace("http://localhost:9080", sandbox.toString())
                    .replace("password = \"sandbox\"", "password = " + Json.quoted(password));
        }
    }

    private static String environment(String name, String otherwise) {
        return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
    }
}
