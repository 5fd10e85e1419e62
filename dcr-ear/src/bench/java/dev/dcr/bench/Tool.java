package dev.dcr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** A program that runs, prints and ends. */
final class Tool {
    private Tool() {}

    /**
     * Runs it to its end.
     *
     * @return all that it has printed
     * @throws IOException if there is no such program
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return printed;
        } finally {
            process.destroy();
        }
    }
}
