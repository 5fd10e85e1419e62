package dev.dcr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program under load, with all the processes it has started. It ends with the benchmark at the latest. */
final class Program implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int TICKS_PER_SECOND = 100; // of all Linux that Java runs on
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final Path log;
    private final long started = System.nanoTime();

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** Starts a program in a directory; what it prints goes to {@code log} there. */
    static Program start(Path directory, Map<String, String> environment, List<String> command) {
        try {
            Files.createDirectories(directory);
            var log = directory.resolve("log");
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
            return new Program(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the program is ready, and tells how long that took from its start on. */
    Duration await(BooleanSupplier ready) throws InterruptedException {
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || sinceStart().compareTo(START) > 0)
                throw new IllegalStateException("did not start, see " + log);
            Thread.sleep(POLL.toMillis());
        }
        return sinceStart();
    }

    /** Waits until the program has ended by itself, which must be well. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0)
            throw new IllegalStateException("failed, see " + log);
    }

    /** Processor time used by now. */
    Duration cpu() {
        return cpu(process.toHandle());
    }

    /** Processor time used by now of a process and all that it has started, those that have ended included. */
    static Duration cpu(ProcessHandle root) {
        var own = statistics(root);
        var ticks = own[0]
                + own[1]
                + root.descendants()
                        .map(Program::statistics)
                        .mapToLong(process -> process[0])
                        .sum();
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /** Resident memory at this moment, in MiB. */
    long residentMiB() {
        try (var status = Files.lines(Path.of("/proc", "" + process.pid(), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Processor time of a process, and that of its children that have ended; nothing if it has ended itself. */
    private static long[] statistics(ProcessHandle process) {
        try {
            var line = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 16);
            return new long[] {
                Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                Long.parseLong(fields[13]) + Long.parseLong(fields[14])
            };
        } catch (IOException ended) {
            return new long[2];
        }
    }
}
