package dev.dcr.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the process was told to do. */
sealed interface CommandLine {
    String USAGE = """
            Usage: java -jar dcr-server.jar [options]
                   java -jar dcr-server.jar initial-access-token [--expires-in S] [--uses N] [--server URL] [options]

            Starts the registration server, or has a running one make an initial access token and prints it.

              -c, --config FILE   the configuration (deployment.toml in the working directory)
              -Dname=value        sets a system property; any key of the configuration may be set so
              -b ADDRESS          listens at this address (DCR_BIND_ADDRESS, 127.0.0.1)
              --cli-script=FILE   applies a script of management operations before the server starts
              --properties=URL    reads system properties from there
              -h, --help          prints this
              -v, --version       prints the version

              --expires-in S      seconds the token may be used (3600)
              --uses N            how many clients may be registered with it (1)
              --server URL        the server to ask (http://localhost and DCR_HTTP_PORT, 8080)

            Environment: DCR_HTTP_PORT (8080), DCR_HTTPS_PORT (8443), DCR_MANAGEMENT_PORT (9990), DCR_BIND_ADDRESS,
            and every key of the configuration: DCR_DATABASE_URL is dcr.database.url.

            SIGTERM stops it: not ready from then on, it serves for DCR_STOP_DRAIN seconds (5), so that balancers notice,
            then refuses what is new and gives what is under way DCR_STOP_TIMEOUT seconds (20). Ctrl-C does not drain.
            """;

    /** Explain the command line. */
    record Help() implements CommandLine {}

    /** Say which version this is. */
    record Version() implements CommandLine {}

    /**
     * Start the server.
     *
     * @param forWildFly arguments that are passed on
     */
    record Start(List<String> forWildFly) implements CommandLine {
        public Start {
            forWildFly = List.copyOf(forWildFly);
        }
    }

    /** Have a running server make an initial access token. */
    record InitialAccessToken(long expiresIn, int uses, Optional<String> server) implements CommandLine {}

    /** The command line cannot be understood; the message says why. */
    final class Misused extends Exception {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }

    /** Reads the arguments. System properties among them, and the configuration's place, are set at once. */
    static CommandLine parse(String... arguments) throws Misused {
        var rest = new ArrayDeque<>(List.of(arguments));
        if (!"initial-access-token".equals(rest.peek())) return start(rest);
        rest.remove();
        return initialAccessToken(rest);
    }

    private static CommandLine start(ArrayDeque<String> rest) throws Misused {
        var passedOn = new ArrayList<String>();
        while (!rest.isEmpty()) {
            var argument = rest.remove();
            switch (argument) {
                case "-h", "--help" -> {
                    return new Help();
                }
                case "-v", "--version" -> {
                    return new Version();
                }
                case "-b", "--properties" -> passedOn.add(argument + "=" + value(argument, rest));
                default -> {
                    if (!isSetting(argument, rest)) passedOn.add(argument);
                }
            }
        }
        return new Start(passedOn);
    }

    private static CommandLine initialAccessToken(ArrayDeque<String> rest) throws Misused {
        var expiresIn = 3600L;
        var uses = 1;
        var server = Optional.<String>empty();
        while (!rest.isEmpty()) {
            var argument = rest.remove();
            switch (argument) {
                case "-h", "--help" -> {
                    return new Help();
                }
                case "--expires-in" -> expiresIn = number(argument, rest);
                case "--uses" -> uses = (int) number(argument, rest);
                case "--server" -> server = Optional.of(value(argument, rest));
                default -> {
                    if (!isSetting(argument, rest)) throw new Misused("unknown option " + argument);
                }
            }
        }
        return new InitialAccessToken(expiresIn, uses, server);
    }

    /** WildFly sets properties, too, but only after the configuration was read. */
    private static boolean isSetting(String argument, ArrayDeque<String> rest) throws Misused {
        if (argument.equals("-c") || argument.equals("--config")) return config(value(argument, rest));
        if (argument.startsWith("--config=")) return config(argument.substring("--config=".length()));
        if (!argument.startsWith("-D")) return false;
        var property = argument.substring(2).split("=", 2);
        if (property[0].isEmpty()) throw new Misused("-D needs a name");
        System.setProperty(property[0], property.length == 1 ? "" : property[1]);
        return true;
    }

    private static boolean config(String file) {
        System.setProperty("dcr.config", Path.of(file).toAbsolutePath().toString());
        return true;
    }

    private static String value(String option, ArrayDeque<String> rest) throws Misused {
        var value = rest.poll();
        if (value == null) throw new Misused(option + " needs a value");
        return value;
    }

    private static long number(String option, ArrayDeque<String> rest) throws Misused {
        var value = value(option, rest);
        if (value.matches("[1-9]\\d{0,8}")) return Long.parseLong(value);
        throw new Misused(option + " needs a positive number, not " + value);
    }
}
