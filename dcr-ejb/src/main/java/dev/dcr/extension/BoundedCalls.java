package dev.dcr.extension;

import dev.dcr.error.Quoted;
import dev.dcr.outbound.Deadline;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.logging.Logger;

/** HTTP calls that end: in time, whatever the far side does, and within {@value #LARGEST_BODY} bytes of reply. */
class BoundedCalls implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BoundedCalls.class);

    static final int LARGEST_BODY = 1 << 20;

    private final int concurrent;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final List<AutoCloseable> clients = new ArrayList<>();

    /**
     * @param concurrent     calls at one time that have a connection each
     * @param connectTimeout longest wait for a connection
     * @param readTimeout    longest silence; a call may take as long as both together
     */
    BoundedCalls(int concurrent, Duration connectTimeout, Duration readTimeout) {
        this.concurrent = concurrent;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
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
        try (var underWay = CallUnderWay.begin();
                var deadline = Deadline.after(longest(), underWay::end)) {
            return exchange(call, underWay);
        }
    }

    @Override
    public void close() {
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

    private Reply exchange(Supplier<Response> call, CallUnderWay underWay) {
        try (var response = call.get()) {
            return read(response, underWay);
        } catch (ProcessingException e) {
            throw outage(e, underWay);
        }
    }

    private Reply read(Response response, CallUnderWay underWay) {
        try {
            var body = response.getEntity() instanceof InputStream in ? in.readNBytes(LARGEST_BODY + 1) : new byte[0];
            // what was cut short can look whole where only its end tells its length
            if (underWay.hasEnded()) throw late(null);
            if (body.length <= LARGEST_BODY) return new Reply(response.getStatus(), body);
        } catch (IOException e) {
            throw underWay.hasEnded() ? late(e) : brokenOff(e);
        }
        underWay.end(); // to close a response reads it to its end, however far that is
        throw new ContractBreach("reply is larger than " + LARGEST_BODY + " bytes");
    }

    private RuntimeException outage(ProcessingException e, CallUnderWay underWay) {
        if (underWay.hasEnded()) return late(e);
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) return new Outage(cause.toString(), e);
        }
        return e;
    }

    private Outage late(Exception e) {
        return new Outage("no complete reply within " + longest().toMillis() + " ms", e);
    }

    private static Outage brokenOff(IOException e) {
        return new Outage("reply broke off: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
}
