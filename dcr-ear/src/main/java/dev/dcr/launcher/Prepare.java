package dev.dcr.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dcr.launcher.CommandLine.Misused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Makes the {@link PreparedModules} and the {@link ClassArchive}: starts the server for a trial, in a folder of its own and
 * on free ports of the loopback interface, registers a client, and stops it, when the JVM writes down what it made of the
 * classes.
 */
record Prepare() implements Command {
    /** For the start of the trial; as much for its end. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String FOLDER = "dcr-prepare-";
    private static final String ARCHIVE = "classes.jsa";
    private static final String OUTPUT = "server.log";
    private static final int TAIL = 20;

    /** What a JVM ends with after SIGTERM. */
    private static final int TERMINATED = 143;

    /** A server that starts answers with these where its endpoint will be. */
    private static final Set<Integer> NOT_YET = Set.of(404, 503);

    /** Of the variables only those that a JVM needs to read names of files: others may configure a server. */
    private static final Set<String> VARIABLES = Set.of("LANG", "LC_ALL", "LC_CTYPE");

    private static final String CLIENT = """
            {"client_name": "Trial", "redirect_uris": ["https://client.example/callback"]}""";

    static Command parse(Arguments rest) throws Misused {
        if (!rest.isEmpty()) throw new Misused("prepare takes no " + rest.next());
        return new Prepare();
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        if (!OwnProcess.isKnown()) throw new Refusal("Only on Linux is there anything to prepare");
        var archive = ClassArchive.ofThisJar();
        var folder = folderBeside(archive.jar());
        try {
            Leftovers.claim(folder);
            Leftovers.remove(folder, FOLDER);
            try (var files = ServerFiles.of(archive.jar())) {
                PreparedModules.of(files).make(files, folder);
            }
            serve(archive.jar(), folder);
            archive.replaceBy(folder.resolve(ARCHIVE));
        } finally {
            Folders.delete(folder);
        }
        System.out.printf("%s is there, for Java %s%n", archive.file(), Runtime.version());
        return DONE;
    }

    /**
     * Makes a temporary folder: what is made there can be moved into its place at once, and will be of the right owner.
     *
     * @throws Refusal if this user cannot make one, or what it makes would not be the jar owner's
     */
    static Path folderBeside(Path jar) throws Refusal, IOException {
        Path folder;
        try {
            folder = Files.createTempDirectory(jar.toAbsolutePath().getParent(), FOLDER);
        } catch (IOException readOnly) {
            throw new Refusal("Beside " + jar + " nothing can be written: " + readOnly);
        }
        var owner = Files.getOwner(jar);
        if (Files.getOwner(folder).equals(owner)) return folder;
        Files.delete(folder);
        throw new Refusal(jar + " belongs to " + owner + ", and nobody else may prepare its start");
    }

    private static void serve(Path jar, Path folder) throws Refusal, IOException, InterruptedException {
        var port = freePort();
        var builder = new ProcessBuilder(command(jar, port)).directory(folder.toFile());
        builder.environment().keySet().retainAll(VARIABLES);
        var output = folder.resolve(OUTPUT);
        var server = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly, "end-of-trial"));
        try {
            var registered = awaitRegistration(server, port);
            server.destroy();
            if (!registered || !ended(server) || !Files.isRegularFile(folder.resolve(ARCHIVE)))
                throw new Refusal("The trial left no archive of classes; its last words were:\n" + tail(output));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static List<String> command(Path jar, int port) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:ArchiveClassesAtExit=" + ARCHIVE);
        // a heap of the size that servers have: with another layout of objects the archive would not fit
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        var temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + temporary, "-jar", jar.toAbsolutePath().toString()));
        command.addAll(List.of("-Ddcr.bind.address=" + LOOPBACK, "-Ddcr.management.bind.address=" + LOOPBACK));
        command.addAll(List.of("-Ddcr.http.port=" + port, "-Ddcr.https.port=0", "-Ddcr.management.port=0"));
        command.addAll(List.of("-Ddcr.registration.access=open", "-Ddcr.stop.drain=0"));
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static boolean awaitRegistration(Process server, int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + port + "/register"))
                .header("Content-Type", "application/json")
                .timeout(ANSWER)
                .POST(BodyPublishers.ofString(CLIENT))
                .build();
        var http = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (server.isAlive() && System.nanoTime() < deadline) {
            try {
                var status = http.send(request, BodyHandlers.discarding()).statusCode();
                if (!NOT_YET.contains(status)) return status == 201;
            } catch (IOException notYet) {
                // it does not listen yet
            }
            Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
        }
        return false;
    }

    private static boolean ended(Process server) throws InterruptedException {
        return server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && server.exitValue() == TERMINATED;
    }

    private static String tail(Path output) throws IOException {
        var lines = new String(Files.readAllBytes(output), UTF_8).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }
}
