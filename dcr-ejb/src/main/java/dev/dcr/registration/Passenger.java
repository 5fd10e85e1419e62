package dev.dcr.registration;

import java.util.concurrent.locks.LockSupport;

/** A write in a {@link SharedCommit}, and the thread that waits for it. */
final class Passenger {
    private final Write write;
    private final Thread thread = Thread.currentThread();
    private volatile boolean driving;
    private volatile boolean done;
    private boolean interrupted;
    private RegisteredClient client;
    private RuntimeException failure;

    Passenger(Write write) {
        this.write = write;
    }

    Write write() {
        return write;
    }

    /**
     * Waits until the write is done or nobody else will do it.
     *
     * @return whether it is for the caller to do
     */
    boolean waitForTurn() {
        while (!done && !driving) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted(); // for later: others may be about to rely on this thread
        }
        return driving;
    }

    void takeTheWheel() {
        driving = true;
        LockSupport.unpark(thread);
    }

    void arrive(RegisteredClient written) {
        client = written;
        end();
    }

    void fail(RuntimeException reason) {
        failure = reason;
        end();
    }

    /** Nothing became of it: what kept it from being done was no exception that could be told. */
    void strand() {
        if (!done) fail(new IllegalStateException("the commit was given up"));
    }

    private void end() {
        done = true;
        LockSupport.unpark(thread);
    }

    /** What became of the write, for the thread that brought it. */
    RegisteredClient outcome() {
        if (interrupted) thread.interrupt();
        if (failure != null) throw failure;
        return client;
    }
}
