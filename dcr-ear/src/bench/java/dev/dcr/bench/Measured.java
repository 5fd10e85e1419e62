package dev.dcr.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The same load, run several times. Medians stand for all runs.
 *
 * @param target      what was loaded: {@code dcr}, {@code undertow}, {@code pgbench}, or a peer
 * @param clients     how many clients were stored before the load
 * @param connections requests under way at any time
 */
record Measured(String target, String database, String scenario, int clients, int connections, List<Run> runs) {

    double perSecond() {
        return median(Run::perSecond);
    }

    /** Milliseconds. */
    double p50() {
        return median(run -> run.p50() / 1e3);
    }

    /** Milliseconds. */
    double p99() {
        return median(run -> run.p99() / 1e3);
    }

    double serverCpu() {
        return median(Run::serverCpu);
    }

    double databaseCpu() {
        return median(Run::databaseCpu);
    }

    /** How far apart the slowest and the fastest run are, in per cent of the median. */
    double spread() {
        var rates = runs.stream().mapToDouble(Run::perSecond).summaryStatistics();
        return (rates.getMax() - rates.getMin()) * 100 / perSecond();
    }

    private double median(ToDoubleFunction<Run> value) {
        var sorted = runs.stream().mapToDouble(value).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
