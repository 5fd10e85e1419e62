package dev.dcr.launcher;

import java.util.List;

/** What the process is told by its arguments. */
final class CommandLine {
    private static final List<String> HELP = List.of("-h", "--help");

    private CommandLine() {}

    /** The command line cannot be understood; the message says why. */
    static final class Misused extends Exception {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }

    /** Reads the arguments. System properties among them, and the configuration's place, are set at once. */
    static Command parse(String... arguments) throws Misused {
        var rest = new Arguments(arguments);
        return switch (rest.peek()) {
            case "initial-access-token", "audit", "secrets", "prepare" -> order(rest, arguments);
            default -> Start.parse(rest);
        };
    }

    private static Command order(Arguments rest, String... arguments) throws Misused {
        if (List.of(arguments).stream().anyMatch(HELP::contains)) return new Help();
        var name = rest.next();
        if (name.equals("initial-access-token")) return InitialAccessToken.parse(rest);
        if (name.equals("prepare")) return Prepare.parse(rest);
        var verb = name + ' ' + rest.value(name);
        return switch (verb) {
            case "audit verify" -> VerifyAudit.parse(rest);
            case "audit export" -> ExportAudit.parse(rest);
            case "secrets re-encrypt" -> ReEncryptSecrets.parse(rest);
            default -> throw new Misused("unknown command " + verb);
        };
    }
}
