package dev.dcr.extension;

import dev.dcr.error.Quoted;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.logging.Logger;

/**
 * HTTP calls that end: in time, whatever the far side does, and within {@value #LARGEST_BODY} bytes of reply.
 *
 * <p>A socket's own time-out starts anew with each byte, so that a service could hold its caller for ever by sending
 * one byte a second. Calls therefore run on threads of their own, and the caller leaves when the time is up.
 */
class BoundedCalls implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BoundedCalls.class);

    static final int LARGEST_BODY = 1 << 20;

    private final int concurrent;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final ThreadPoolExecutor workers;
    private final List<AutoCloseable> clients = new ArrayList<>();

    /**
     * @param concurrent     calls at one time, and as many pooled connections
     * @param connectTimeout longest wait for a connection
     * @param readTimeout    longest silence, and longest time that a body may take
     */
    BoundedCalls(int concurrent, Duration connectTimeout, Duration readTimeout) {
        this.concurrent = concurrent;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
        this.workers = new ThreadPoolExecutor(
                concurrent, concurrent, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), BoundedCalls::worker);
        workers.allowCoreThreadTimeOut(true);
    }

    /** What came back. */
    @SuppressWarnings("ArrayRecordComponent") // read once and never compared
    record Reply(int status, byte[] body) {}

    /** A client of that interface, closed with this. It keeps connections alive and follows no redirect. */
    <T extends AutoCloseable> T client(Class<T> api, URI base) {
        var client = RestClientBuilder.newBuilder()
                .baseUri(base)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(new AbortableEngine(concurrent, connectTimeout, readTimeout))
                .build(api);
        clients.add(client);
        return client;
    }

    /**
     * Carries one call out.
     *
     * @throws Outage         if no complete reply came in time
     * @throws ContractBreach if the body is too large
     */
    Reply call(Supplier<Response> call) {
        var reply = new CompletableFuture<Reply>();
        var underWay = new CallUnderWay();
        workers.execute(() -> exchange(call, reply, underWay));
        try {
            return reply.get(longest().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reply.cancel(false);
            underWay.end();
            throw new Outage("no complete reply within " + longest().toMillis() + " ms", e);
        } catch (InterruptedException e) {
            reply.cancel(false);
            underWay.end();
            Thread.currentThread().interrupt();
            throw new Outage("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        clients.forEach(BoundedCalls::close);
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) {
            LOG.debug("a client did not close", e);
        }
    }

    private Duration longest() {
        return connectTimeout.plus(readTimeout);
    }

    private void exchange(Supplier<Response> call, CompletableFuture<Reply> reply, CallUnderWay underWay) {
        if (reply.isDone()) return;
        underWay.begin();
        try (var response = call.get()) {
            read(response, reply);
            // closing a response reads it to its end, however far that is
            if (reply.isCompletedExceptionally()) underWay.end();
        } catch (ProcessingException e) {
            reply.completeExceptionally(connectionFailure(e));
        } catch (Throwable e) {
            reply.completeExceptionally(e);
        }
    }

    private void read(Response response, CompletableFuture<Reply> reply) {
        try {
            var body = response.getEntity() instanceof InputStream in ? bounded(in) : new byte[0];
            reply.complete(new Reply(response.getStatus(), body));
        } catch (IOException e) {
            reply.completeExceptionally(new Outage("reply broke off: " + Quoted.of(String.valueOf(e.getMessage())), e));
        } catch (RuntimeException e) {
            reply.completeExceptionally(e);
        }
    }

    private byte[] bounded(InputStream in) throws IOException {
        var deadline = System.nanoTime() + readTimeout.toNanos();
        var body = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            body.write(buffer, 0, n);
            if (body.size() > LARGEST_BODY) throw new ContractBreach("reply is larger than " + LARGEST_BODY + " bytes");
            if (System.nanoTime() - deadline > 0) throw new IOException("body came too slowly");
        }
        return body.toByteArray();
    }

    private static RuntimeException connectionFailure(ProcessingException e) {
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) return new Outage(cause.toString(), e);
        }
        return e;
    }

    private static Thread worker(Runnable task) {
        var thread = new Thread(task, "extension-call");
        thread.setDaemon(true);
        thread.setContextClassLoader(BoundedCalls.class.getClassLoader());
        return thread;
    }
}
