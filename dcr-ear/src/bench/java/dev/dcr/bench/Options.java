package dev.dcr.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command line.
 *
 * @param databases   {@code h2}, {@code postgresql}
 * @param scenarios   what is measured at the server
 * @param references  what is measured beside it: {@code undertow}, {@code pgbench} and the peers
 * @param connections numbers of connections, each with one request under way at any time
 * @param clients     how many clients are stored when the load begins
 * @param seconds     how long a run takes
 * @param runs        how often each is repeated
 * @param warmUp      for how many seconds a server that has just started is loaded before, with each scenario
 * @param java        options of the server's Java
 * @param output      where the results go
 */
record Options(
        List<String> databases,
        List<Scenario> scenarios,
        List<String> references,
        List<Integer> connections,
        List<Integer> clients,
        int seconds,
        int runs,
        int warmUp,
        List<String> java,
        Path output) {

    static final String USAGE = """
            Usage: java -jar dcr-benchmark.jar [options]

              --quick                 a few minutes: 8 and 32 connections, 100 clients, PostgreSQL, runs of 3 seconds
              --databases LIST        h2,postgresql
              --scenarios LIST        read,update,create,create-signed,life-cycle,delete,create-extension
              --references LIST       undertow,pgbench,node-oidc-provider,spring,keycloak; "none" for none
              --connections LIST      1,8,32
              --clients LIST          100,100000,1000000 stored clients
              --seconds N             length of a run (10)
              --runs N                repetitions (3)
              --warm-up N             seconds of load before the first run of a scenario (120)
              --java "OPTIONS"        options of the server's Java (those it chooses itself)
              --output DIRECTORY      where the results are written (the directory of the jar)
              --help                  print this
            """;

    private static final List<String> REFERENCES =
            List.of("undertow", "pgbench", NodeOidcProvider.NAME, SpringAuthorizationServer.NAME, "keycloak");
    private static final Set<String> KNOWN_REFERENCES =
            Set.of("undertow", "pgbench", NodeOidcProvider.NAME, SpringAuthorizationServer.NAME, "keycloak", "none");
    private static final Map<String, String> FULL = Map.of(
            "--databases", "h2,postgresql",
            "--scenarios", "read,update,create,create-signed,life-cycle,delete,create-extension",
            "--references", String.join(",", REFERENCES),
            "--connections", "1,8,32",
            "--clients", "100,100000,1000000",
            "--seconds", "10",
            "--runs", "3",
            "--warm-up", "120",
            "--java", "");
    private static final Map<String, String> QUICK = Map.of(
            "--databases", "postgresql",
            "--connections", "8,32",
            "--clients", "100",
            "--seconds", "3",
            "--warm-up", "10");

    /** The command line cannot be understood; the message says why. */
    static final class Misused extends Exception {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }

    static Options parse(Path home, String... arguments) throws Misused {
        var given = new HashMap<>(FULL);
        given.put("--output", home.toString());
        var rest = new ArrayDeque<>(Arrays.asList(arguments));
        if (rest.remove("--quick")) given.putAll(QUICK);
        while (!rest.isEmpty()) {
            var name = rest.poll();
            if (!given.containsKey(name)) throw new Misused("unknown option " + name);
            var value = rest.poll();
            if (value == null) throw new Misused(name + " needs a value");
            given.put(name, value);
        }
        return read(given);
    }

    private static Options read(Map<String, String> given) throws Misused {
        try {
            return new Options(
                    among(Set.of("h2", "postgresql"), list(given.get("--databases"))),
                    list(given.get("--scenarios")).stream().map(Scenario::of).toList(),
                    among(KNOWN_REFERENCES, list(given.get("--references"))),
                    numbers(given.get("--connections")),
                    numbers(given.get("--clients")),
                    Integer.parseInt(given.get("--seconds")),
                    Integer.parseInt(given.get("--runs")),
                    Integer.parseInt(given.get("--warm-up")),
                    list(given.get("--java").replace(' ', ',')),
                    Path.of(given.get("--output")).toAbsolutePath());
        } catch (IllegalArgumentException e) {
            throw new Misused(e.getMessage());
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).filter(name -> !name.isEmpty()).toList();
    }

    private static List<Integer> numbers(String text) {
        return list(text).stream().map(Integer::valueOf).sorted().toList();
    }

    private static List<String> among(Set<String> known, List<String> names) {
        for (var name : names) if (!known.contains(name)) throw new IllegalArgumentException("unknown: " + name);
        return names;
    }
}
