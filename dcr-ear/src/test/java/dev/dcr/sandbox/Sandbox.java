package dev.dcr.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The neighbours of a registration server, to try it and to test it: a {@link Directory} of software that issues
 * statements and signs requests, and an {@link ExtensionService}, on one port. As a program it can start the server too.
 */
public final class Sandbox implements AutoCloseable {
    private static final String CONTENTS = """
            The DCR sandbox: a software directory and a sample extension service.

            GET  /directory/jwks                            the directory's public keys
            POST /directory/statements                      a software statement; {"claim": value or null} changes it
            POST /directory/requests                        a signed registration request (application/jwt);
                                                            {"claims": {}, "statement": {}, "audience": ""} changes it
                                                            ?alg=PS256|ES256|RS256 chooses the algorithm, of both
            GET  /directory/software/{software_id}/jwks     the public keys of a piece of software
            POST /directory/rotate                          new keys for the directory, the old ones disappear
            POST /directory/outage?seconds=60               no keys for so long; 0 ends it
            GET  /directory/statistics                      how often keys were fetched

            POST /extension/pre-process-client-creation     adds risk_class; refuses a client_name with "forbidden"
            POST /extension/pre-process-client-update       adds last_reviewed_at
            POST /extension/pre-process-client-retrieval    adds support_contact
            POST /extension/token                           a bearer token for these three (client credentials)
            POST /extension/revoke                          no token is valid any more
            GET  /extension/requests                        the last requests it got
            """;

    private final WebServer server;
    private final Directory directory;
    private final ExtensionService extension;

    private Sandbox(WebServer server, String registrationServer, String password) {
        this.server = server;
        this.directory = new Directory(server, registrationServer);
        this.extension = new ExtensionService(server, password);
        server.route("GET", "/", call -> Reply.text(200, CONTENTS));
    }

    /**
     * A sandbox on a free port of the loopback interface, password {@code sandbox}.
     *
     * @param registrationServer what the registration server calls itself: {@code aud} of the requests
     */
    public static Sandbox start(String registrationServer) {
        return new Sandbox(WebServer.start(), registrationServer, "sandbox");
    }

    static Sandbox start(Options options) throws IOException {
        var address = new InetSocketAddress(options.bind(), options.port());
        return new Sandbox(WebServer.start(address, options.publicUrl()), DemoServer.url(), options.password());
    }

    /** The server that both parts are routes of. */
    public WebServer server() {
        return server;
    }

    public Directory directory() {
        return directory;
    }

    public ExtensionService extension() {
        return extension;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Runs until the server that it started ends, with that server's exit code, or until it is interrupted. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            System.exit(run(Options.parse(arguments)));
        } catch (BindException e) {
            System.err.println("Cannot listen there, choose another --port or --bind: " + e.getMessage());
            System.exit(1);
        } catch (Options.Misused e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
        }
    }

    private static int run(Options options) throws IOException, InterruptedException {
        try (var sandbox = start(options)) {
            if (options.server().isPresent()) return runServer(options.server().get(), options, sandbox);
            System.out.println("Sandbox at " + sandbox.server.url() + " (GET / lists what there is)");
            Thread.currentThread().join(); // until the process is ended from outside
            return 0;
        }
    }

    private static int runServer(Path jar, Options options, Sandbox sandbox) throws IOException, InterruptedException {
        var directory = options.directory().isPresent() ? options.directory().get() : temporary();
        var server = DemoServer.start(jar, directory, sandbox.server.url(), options.password());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            if (options.directory().isEmpty()) delete(directory);
        }));
        if (!server.awaitReady()) {
            System.err.println("The server did not get ready.");
            return server.exitCode().filter(code -> code != 0).orElse(1);
        }
        System.out.print(banner(sandbox));
        return server.awaitEnd();
    }

    private static String banner(Sandbox sandbox) {
        return """

                Registration server  %1$s/register
                Sandbox              %2$s (GET / lists what there is)

                Register your first client:
                  curl -s -H 'Content-Type: application/json' %1$s/register \\
                       -d '{"client_name": "My App", "redirect_uris": ["https://app.example/callback"]}'

                Ctrl-C ends both.
                """.formatted(DemoServer.url(), sandbox.server.url());
    }

    private static Path temporary() throws IOException {
        return Files.createTempDirectory("dcr-sandbox");
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Left behind: " + directory);
        }
    }
}
