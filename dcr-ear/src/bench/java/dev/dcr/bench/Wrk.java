package dev.dcr.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Load by wrk: a closed loop, one thread, so many connections. wrk is the cheapest generator there is, which matters
 * where it shares two processors with what it loads.
 */
record Wrk(Path scripts) {
    private static final Pattern MEASURED = Pattern.compile(
            "measured requests=(\\d+) micros=(\\d+) p50=(\\d+) p99=(\\d+) refused=(\\d+) broken=(\\d+)");

    /**
     * Runs a script.
     *
     * @param arguments of the script
     * @throws IllegalStateException if any request was not answered as it should be, or the script ran out of requests
     */
    Run run(Target target, int connections, int seconds, String script, List<String> arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("wrk", "--threads", "1", "--connections", "" + connections));
        command.addAll(List.of("--duration", seconds + "s", "--timeout", "30s", "--latency"));
        command.addAll(List.of("--script", scripts.resolve(script + ".lua").toString()));
        command.addAll(List.of(target.endpoint().toString(), "--"));
        command.addAll(arguments);
        var server = target.server().get();
        var store = target.store().get();
        var printed = Tool.run(command);
        var result = MEASURED.matcher(printed);
        if (!result.find()) throw new IllegalStateException(script + " at " + target.name() + ": " + printed);
        if (number(result.group(5)) + number(result.group(6)) > 0)
            throw new IllegalStateException("not all requests were answered well: " + printed);
        if (number(result.group(1)) == 0) throw new IllegalStateException("no request was answered: " + printed);
        return new Run(
                number(result.group(1)),
                number(result.group(2)),
                number(result.group(3)),
                number(result.group(4)),
                target.server().get().minus(server),
                target.store().get().minus(store));
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
