package dev.dcr.bench;

import java.time.Duration;

/**
 * One run of a load.
 *
 * @param requests answered requests
 * @param micros   how long it took
 * @param p50      microseconds
 * @param p99      microseconds
 * @param server   processor time of the server
 * @param database processor time of the database; zero where it is inside the server
 */
record Run(long requests, long micros, long p50, long p99, Duration server, Duration database) {

    double perSecond() {
        return requests * 1e6 / micros;
    }

    /** Seconds of processor time for a thousand requests. */
    double serverCpu() {
        return server.toNanos() / 1e6 / requests;
    }

    /** Seconds of processor time for a thousand requests. */
    double databaseCpu() {
        return database.toNanos() / 1e6 / requests;
    }
}
