package dev.dcr.extension;

import org.apache.http.client.methods.AbstractExecutionAwareRequest;

/** A call that another thread may end. */
final class CallUnderWay implements AutoCloseable {
    private static final ThreadLocal<CallUnderWay> OF_THIS_THREAD = new ThreadLocal<>();

    private AbstractExecutionAwareRequest request;
    private boolean ended;

    private CallUnderWay() {}

    /** From now on, what this thread sends belongs to this call. */
    static CallUnderWay begin() {
        var call = new CallUnderWay();
        OF_THIS_THREAD.set(call);
        return call;
    }

    /** Called when a thread is about to send a request. */
    static void sends(AbstractExecutionAwareRequest request) {
        var call = OF_THIS_THREAD.get();
        if (call != null) call.sending(request);
    }

    /** Ends it with its connection, or before it has one. Without effect on a call that is over. */
    void end() {
        var sent = ending();
        if (sent != null) sent.abort(); // without the lock: over TLS it may wait for the far side
    }

    /** Whether it was told to end. */
    synchronized boolean hasEnded() {
        return ended;
    }

    /** It is over. */
    @Override
    public void close() {
        OF_THIS_THREAD.remove();
    }

    private synchronized AbstractExecutionAwareRequest ending() {
        ended = true;
        return request;
    }

    private void sending(AbstractExecutionAwareRequest next) {
        synchronized (this) {
            request = next;
        }
        if (hasEnded()) next.abort();
    }
}
