package dev.dcr.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The shipped bootable jar, started with {@code java -jar} on free ports in a directory of its own. */
public final class ServerProcess implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("dcr.server.jar", "target/dcr-server.jar"));
    /** What the build has prepared, where its Java can: it spares each start a second. */
    private static final Path CLASS_ARCHIVE = JAR.resolveSibling("dcr-server.jsa");

    private static final String COVERAGE = System.getProperty("it.jacoco.agent", "");
    /** Variables by which whoever runs the tests may have chosen how his own Java runs. */
    private static final Set<String> OF_THE_DEVELOPER = Set.of(
            "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_");

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int TAIL = 40;

    private final Process process;
    private final Path directory;
    private final Ports ports;

    private ServerProcess(Process process, Path directory, Ports ports) {
        this.process = process;
        this.directory = directory;
        this.ports = ports;
    }

    /** A server whose {@code deployment.toml} is this text. */
    public static Setup configured(String toml) {
        return new Setup(toml);
    }

    /** Whether there is an archive of classes for what is shipped. */
    static boolean isPrepared() {
        return Files.exists(CLASS_ARCHIVE);
    }

    /** What is shipped, copied into this directory. */
    static Path copyOfTheJar(Path folder) throws IOException {
        return Files.copy(JAR, folder.resolve(JAR.getFileName()));
    }

    /** Where clients come to, without a trailing slash. */
    public URI http() {
        return URI.create("http://localhost:" + ports.http());
    }

    /** Where clients come to by TLS. */
    public URI https() {
        return URI.create("https://localhost:" + ports.https());
    }

    /** Where health and metrics are. */
    public URI management() {
        return URI.create("http://localhost:" + ports.management());
    }

    /** The server's working directory; {@code deployment.toml} and the database are in it. */
    public Path directory() {
        return directory;
    }

    /** All that the server has printed until now. */
    public String output() {
        return printed(directory);
    }

    /** What the server's JVM answers to a diagnostic command of {@code jcmd}. */
    public String diagnose(String command) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            var asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The variables of the server's environment, each with its value. */
    List<String> environment() throws IOException {
        return List.of(Files.readString(known("environ")).split("\0"));
    }

    /** Whether the server has this file in its memory. */
    boolean maps(Path file) throws IOException {
        var end = ' ' + file.toRealPath().toString();
        return Files.readString(known("maps")).lines().anyMatch(line -> line.endsWith(end));
    }

    /** Whether it has a jar of that folder open. */
    boolean readsFrom(Path folder) throws IOException {
        var real = folder.toRealPath();
        try (var open = Files.list(known("fd"))) {
            return open.anyMatch(file -> isLinkToJarOf(real, file));
        }
    }

    private static boolean isLinkToJarOf(Path folder, Path link) {
        try {
            var file = Files.readSymbolicLink(link);
            return file.startsWith(folder) && file.toString().endsWith(".jar");
        } catch (IOException closed) {
            return false;
        }
    }

    private Path known(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** Lets nothing happen in the server, while this does. */
    void pausedFor(Runnable work) {
        signal("STOP");
        try {
            work.run();
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) {
        try {
            var sent = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
            if (!exited(sent, STOP) || sent.exitValue() != 0) throw new AssertionError("no signal " + name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops the server at once, as a power cut would. */
    public void kill() {
        stop(process.destroyForcibly());
        assertNoSecretIsTold();
    }

    /** Tells the server to stop, as a service manager does by SIGTERM, and waits for nothing. */
    public void terminate() {
        process.destroy();
    }

    /** Waits until the server has ended. */
    public void awaitEnd() {
        stop(process);
    }

    /** Stops the server by SIGTERM; if that takes too long, at once. */
    @Override
    public void close() {
        process.destroy();
        if (exited(process, STOP)) assertNoSecretIsTold();
        else kill();
    }

    /** Whatever the test was about: nothing that the server has written tells a secret. */
    private void assertNoSecretIsTold() {
        var told = Secrets.SEEN.below(directory);
        if (!told.isEmpty()) throw new AssertionError("secrets are told: " + told);
    }

    private ServerProcess awaitReady() {
        var client = HttpClient.newHttpClient();
        var probe = HttpRequest.newBuilder(management().resolve("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            await().atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> {
                        return !process.isAlive()
                                || client.send(probe, BodyHandlers.discarding()).statusCode() == 200;
                    });
            if (!process.isAlive()) throw new AssertionError("the server ended with " + process.exitValue());
            return this;
        } catch (RuntimeException | AssertionError failure) {
            kill();
            throw new AssertionError("the server did not start:\n" + tail(directory), failure);
        }
    }

    private static void stop(Process process) {
        if (!exited(process, STOP)) throw new AssertionError("the server cannot be stopped");
    }

    private static boolean exited(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path log(Path directory) {
        return directory.resolve("server.log");
    }

    private static String printed(Path directory) {
        try {
            return Files.readString(log(directory));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String tail(Path directory) {
        var lines = printed(directory).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    /** How a server that was to refuse its start has ended. */
    public record Ended(int exitCode, String output) {}

    private record Ports(int http, int https, int management) {
        /** All three are held until each is known, so that no two are the same. */
        static Ports free() throws IOException {
            try (var http = new ServerSocket(0);
                    var https = new ServerSocket(0);
                    var management = new ServerSocket(0)) {
                return new Ports(http.getLocalPort(), https.getLocalPort(), management.getLocalPort());
            }
        }
    }

    /** What the server is given before it starts. */
    public static final class Setup {
        private final String toml;
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> arguments = new ArrayList<>();
        /** A test's server does not live long enough for the second compiler and for collecting in parallel. */
        private List<String> javaOptions = Stream.of(
                        COVERAGE.strip(),
                        isPrepared() ? "-XX:SharedArchiveFile=" + CLASS_ARCHIVE.toAbsolutePath() : "",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m")
                .filter(option -> !option.isEmpty())
                .toList();

        private Path jar = JAR;
        private Path directory;

        private Setup(String toml) {
            this.toml = toml;
        }

        /** Sets a variable of the server's environment. */
        public Setup environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Adds arguments behind {@code dcr-server.jar}. */
        public Setup arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Gives the JVM these options instead of those that suit a test, and nothing that measures coverage. */
        public Setup javaOptions(String... options) {
            javaOptions = List.of(options);
            return this;
        }

        /** Runs this copy of what is shipped. */
        public Setup jar(Path copy) {
            jar = copy;
            return this;
        }

        /** Starts in this directory, for example in that of a server before; by default in a new one. */
        public Setup in(Path workingDirectory) {
            directory = workingDirectory;
            return this;
        }

        /** Starts the server and waits until it is ready. */
        public ServerProcess start() {
            return launch().awaitReady();
        }

        /** Starts the server and waits until it has ended by itself. */
        public Ended startToEnd() {
            var server = launch();
            if (!exited(server.process, START)) {
                server.kill();
                throw new AssertionError("the server did not end:\n" + tail(server.directory));
            }
            return new Ended(server.process.exitValue(), server.output());
        }

        private ServerProcess launch() {
            try {
                if (directory == null) directory = Files.createTempDirectory(Path.of("target"), "server-process");
                Files.writeString(directory.resolve("deployment.toml"), toml);
                Secrets.SEEN.inConfiguration(toml);
                var ports = Ports.free();
                var builder = new ProcessBuilder(command());
                builder.environment().keySet().removeAll(OF_THE_DEVELOPER);
                builder.environment().put("DCR_HTTP_PORT", "" + ports.http());
                builder.environment().put("DCR_HTTPS_PORT", "" + ports.https());
                builder.environment().put("DCR_MANAGEMENT_PORT", "" + ports.management());
                builder.environment().put("DCR_STOP_DRAIN", "0"); // few tests have a balancer
                builder.environment().putAll(environment);
                builder.directory(directory.toFile()).redirectErrorStream(true);
                builder.redirectOutput(log(directory).toFile());
                return new ServerProcess(builder.start(), directory, ports);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private List<String> command() {
            var command = new ArrayList<String>();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(javaOptions);
            command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
            command.addAll(arguments);
            return command;
        }
    }
}
