package dev.dcr.launcher;

import java.time.Duration;

/** The one jar that is shipped: starts the server, or asks one that runs. */
public final class Main {
    private static final Duration LONGEST_END = Duration.ofSeconds(15);

    private Main() {}

    /**
     * Does what {@link Help} says.
     *
     * @throws Exception a fault of the launcher or of WildFly
     */
    public static void main(String[] arguments) throws Exception {
        var exitCode = exitCode(arguments);
        // a server that has started must not be ended by the end of this method
        if (exitCode != Command.DONE) end(exitCode);
    }

    /**
     * Ends the process, and does so even if WildFly waits for what will never be: it does for a timer that waits, itself,
     * for the end of a start that has failed. Nothing is lost, for nothing was ever served.
     */
    private static void end(int exitCode) {
        var end = new Thread(() -> System.exit(exitCode), "end");
        end.setDaemon(true);
        end.start();
        try {
            end.join(LONGEST_END.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
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
