package dev.dcr.sandbox;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line.
 *
 * @param port      where the sandbox listens; 0 for any free port
 * @param bind      at which address it listens
 * @param publicUrl what it calls itself, without a trailing slash; empty for {@code http://localhost:port}
 * @param password  of the extension service's user
 * @param server    the registration server to start beside it
 * @param directory where that server keeps its configuration and data; a temporary one, removed at the end, if empty
 */
record Options(
        int port, String bind, String publicUrl, String password, Optional<Path> server, Optional<Path> directory) {

    static final String USAGE = """
            Usage: java -jar dcr-sandbox.jar [options]

              --server PATH      start this registration server (dcr-server.jar) too, set up for the sandbox
              --port N           listen on this port (9080; 0 takes a free one)
              --bind ADDRESS     listen at this address (127.0.0.1)
              --public-url URL   what the sandbox calls itself (http://localhost:PORT)
              --password TEXT    password of the extension service's user "dcr" (sandbox)
              --directory PATH   where the server keeps configuration and data (a temporary directory)
              --help             print this

            The server's own ports come from DCR_HTTP_PORT (8080) and DCR_MANAGEMENT_PORT (9990).
            """;

    private static final Set<String> NAMES =
            Set.of("--server", "--port", "--bind", "--public-url", "--password", "--directory");

    /** The command line cannot be understood; the message says why. */
    static final class Misused extends Exception {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }

    static Options parse(String... arguments) throws Misused {
        var given = pairs(arguments);
        return new Options(
                port(given.getOrDefault("--port", "9080")),
                given.getOrDefault("--bind", "127.0.0.1"),
                given.getOrDefault("--public-url", "").replaceAll("/+$", ""),
                given.getOrDefault("--password", "sandbox"),
                Optional.ofNullable(given.get("--server")).map(Path::of),
                Optional.ofNullable(given.get("--directory")).map(Path::of));
    }

    private static Map<String, String> pairs(String... arguments) throws Misused {
        var rest = new ArrayDeque<>(List.of(arguments));
        var given = new HashMap<String, String>();
        while (!rest.isEmpty()) {
            var name = rest.poll();
            if (!NAMES.contains(name)) throw new Misused("unknown option " + name);
            var value = rest.poll();
            if (value == null) throw new Misused(name + " needs a value");
            given.put(name, value);
        }
        return given;
    }

    private static int port(String text) throws Misused {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535) return Integer.parseInt(text);
        throw new Misused("--port needs a number from 0 to 65535");
    }
}
