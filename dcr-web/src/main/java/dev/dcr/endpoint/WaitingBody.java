package dev.dcr.endpoint;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A body on its way in, seen to from the moment when it is waited for. What comes with a chunked one and is no part of it
 * (RFC 9112 §7.1.1 and §7.1.2: extensions and trailers) would be taken by Undertow without end, and trailers kept.
 */
final class WaitingBody extends AbstractStreamSourceConduit<StreamSourceConduit> {
    /** Reads in a row that bring the body no further; the biggest record of TLS in small packets takes that many. */
    private static final int MOST_IN_VAIN = 64;

    private final HttpServerExchange exchange;
    private final WaitingMemory memory;
    private long length;
    private int inVain;
    private boolean waitedFor;
    private boolean ended;
    private volatile boolean givenUp;

    WaitingBody(StreamSourceConduit next, HttpServerExchange exchange, WaitingMemory memory) {
        super(next);
        this.exchange = exchange;
        this.memory = memory;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (givenUp) throw refused("body given up for others");
        if (!into.hasRemaining()) return super.read(into);
        var read = super.read(into);
        ended = read < 0;
        if (read > 0) {
            length += read;
            inVain = 0;
        } else if (read == 0) {
            if (++inVain > MOST_IN_VAIN && exchange.getRequestContentLength() < 0)
                throw refused("much has come that is no part of the body");
            waitFor();
        }
        return read;
    }

    /** Each read may take a buffer of trailers, and the body needs so many. */
    private void waitFor() {
        if (!waitedFor) {
            waitedFor = true;
            exchange.addExchangeCompleteListener((ended, others) -> {
                memory.release(ended);
                others.proceed();
            });
        }
        var size = (long) exchange.getConnection().getByteBufferPool().getBufferSize();
        memory.take(exchange, this::hangUp, size * (length / size + inVain));
    }

    private IOException refused(String why) {
        exchange.setPersistent(false);
        if (!exchange.isResponseStarted())
            exchange.setStatusCode(givenUp ? StatusCodes.SERVICE_UNAVAILABLE : StatusCodes.BAD_REQUEST);
        return new IOException(why);
    }

    /** Whoever waits for the body learns in the thread in which he waits that he waits in vain. */
    private void hangUp() {
        givenUp = true;
        exchange.getIoThread().execute(() -> {
            if (!ended) wakeupReads();
        });
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int count) throws IOException {
        for (var i = offset; i < offset + count; i++) if (into[i].hasRemaining()) return read(into[i]);
        return 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return IoUtils.transfer(new ConduitReadableByteChannel(this), count, through, target);
    }
}
