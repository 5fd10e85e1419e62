package dev.dcr.endpoint;

import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ConduitFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * A reply whose caller may take his time to read it, and keeps no thread waiting meanwhile: a caller of HTTP/2 can forbid
 * any reply (RFC 9113 §6.9.2), and a few of them would take all threads that there are. What the connection does not take
 * at once is kept. The thread that works on the request is told that all has been sent, and when it is done, the
 * connection's own goes on.
 */
final class PatientReply implements ConduitWrapper<StreamSinkConduit> {
    /** More than any reply but the administrator's, whose thread waits. */
    private static final int MOST_KEPT = 4 << 20;

    private final HttpServerExchange exchange;
    private final WaitingMemory memory;
    private final Duration patience;
    private Conduit conduit;
    private volatile boolean working = true;
    private volatile boolean over;
    private volatile XnioExecutor.Key alarm;

    private PatientReply(HttpServerExchange exchange, WaitingMemory memory, Duration patience) {
        this.exchange = exchange;
        this.memory = memory;
        this.patience = patience;
    }

    /**
     * The reply to come, of a request that is about to be worked on.
     *
     * @param patience after which a connection that has not taken the reply is closed
     */
    static PatientReply of(HttpServerExchange exchange, WaitingMemory memory, Duration patience) {
        var reply = new PatientReply(exchange, memory, patience);
        exchange.addResponseWrapper(reply);
        exchange.addExchangeCompleteListener((ended, others) -> {
            reply.over = true;
            if (!reply.working) reply.forget();
            others.proceed();
        });
        return reply;
    }

    @Override
    public StreamSinkConduit wrap(ConduitFactory<StreamSinkConduit> next, HttpServerExchange same) {
        conduit = new Conduit(next.create());
        return conduit;
    }

    /** The work is done. From now on Undertow hears what is true, and waits for the connection before it ends the exchange. */
    void sendWhatIsLeft() {
        working = false;
        if (conduit == null || over) return;
        alarm = exchange.getIoThread().executeAfter(this::hangUp, patience.toMillis(), TimeUnit.MILLISECONDS);
        memory.take(exchange, this::hangUp, conduit.held());
    }

    private void hangUp() {
        forget();
        if (!over) IoUtils.safeClose(exchange.getConnection());
    }

    private void forget() {
        memory.release(exchange);
        var set = alarm;
        if (set != null) set.remove();
    }

    private final class Conduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
        private final Deque<ByteBuffer> kept = new ArrayDeque<>();
        private int bytesKept;
        private boolean ended;
        private boolean endPassedOn;

        Conduit(StreamSinkConduit next) {
            super(next);
        }

        /** What is kept, and one buffer that the connection has taken and may not send. */
        long held() {
            return bytesKept + exchange.getConnection().getByteBufferPool().getBufferSize();
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            var before = from.remaining();
            if (pushed()) while (from.hasRemaining() && next.write(from) > 0) {}
            if (working && from.remaining() <= MOST_KEPT - bytesKept) keep(from);
            return before - from.remaining();
        }

        private void keep(ByteBuffer from) {
            if (!from.hasRemaining()) return;
            bytesKept += from.remaining();
            kept.add(ByteBuffer.allocate(from.remaining()).put(from).flip());
        }

        /** Whether nothing is kept any more. */
        private boolean pushed() throws IOException {
            while (!kept.isEmpty()) {
                var first = kept.peek();
                bytesKept -= next.write(first);
                if (first.hasRemaining()) return false;
                kept.remove();
            }
            return true;
        }

        @Override
        public boolean flush() throws IOException {
            if (pushed()) {
                passOnEnd();
                if (next.flush()) return true;
            }
            return working;
        }

        @Override
        public void terminateWrites() throws IOException {
            ended = true;
            if (pushed()) passOnEnd();
        }

        private void passOnEnd() throws IOException {
            if (!ended || endPassedOn) return;
            endPassedOn = true;
            next.terminateWrites();
        }

        @Override
        public void truncateWrites() throws IOException {
            kept.clear();
            super.truncateWrites();
        }

        /** Undertow takes a reply that is shut down while its exchange is not over for a broken one. */
        @Override
        public boolean isWriteShutdown() {
            return (over || !ended) && super.isWriteShutdown();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int count) throws IOException {
            var written = 0L;
            for (var i = offset; i < offset + count; i++) {
                written += write(from[i]);
                if (from[i].hasRemaining()) break;
            }
            return written;
        }

        @Override
        public int writeFinal(ByteBuffer from) throws IOException {
            return Conduits.writeFinalBasic(this, from);
        }

        @Override
        public long writeFinal(ByteBuffer[] from, int offset, int count) throws IOException {
            return Conduits.writeFinalBasic(this, from, offset, count);
        }

        @Override
        public long transferFrom(FileChannel from, long position, long count) throws IOException {
            return from.transferTo(position, count, new ConduitWritableByteChannel(this));
        }

        @Override
        public long transferFrom(StreamSourceChannel from, long count, ByteBuffer through) throws IOException {
            return IoUtils.transfer(from, count, through, new ConduitWritableByteChannel(this));
        }
    }
}
