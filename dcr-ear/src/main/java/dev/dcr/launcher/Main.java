package dev.dcr.launcher;

/** The one jar that is shipped: starts the server, or asks one that runs. */
public final class Main {
    private Main() {}

    /**
     * Does what {@link Help} says.
     *
     * @throws Exception a fault of the launcher or of WildFly
     */
    public static void main(String[] arguments) throws Exception {
        var exitCode = exitCode(arguments);
        // a server that has started must not be ended by the end of this method
        if (exitCode != Command.DONE) System.exit(exitCode);
    }

    private static int exitCode(String... arguments) throws Exception {
        try {
            return CommandLine.parse(arguments).run();
        } catch (CommandLine.Misused misused) {
            System.err.println(misused.getMessage() + "; --help tells what there is");
            return Command.MISUSED;
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            return Command.FAILED;
        }
    }
}
