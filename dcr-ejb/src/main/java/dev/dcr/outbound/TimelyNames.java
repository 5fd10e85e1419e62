package dev.dcr.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names in time. The system's resolver may take half a minute over one, and nothing interrupts it; so it works on
 * threads of its own, and the caller leaves when the time is up. Only a new connection needs it.
 */
public final class TimelyNames implements DnsResolver {
    private final DnsResolver names;
    private final Duration longest;
    private final ThreadPoolExecutor resolving;

    /**
     * @param concurrent names being resolved at one time, those included that nobody waits for any more
     * @param longest    wait for a name
     */
    public TimelyNames(int concurrent, Duration longest) {
        this(SystemDefaultDnsResolver.INSTANCE, concurrent, longest);
    }

    /** @param names what resolves names, however long that takes */
    TimelyNames(DnsResolver names, int concurrent, Duration longest) {
        this.names = names;
        this.longest = longest;
        resolving = new ThreadPoolExecutor(
                concurrent, concurrent, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TimelyNames::resolver);
        resolving.allowCoreThreadTimeOut(true);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = submit(host);
        try {
            return addresses.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) throw unknown;
            throw unresolved(host, e.getCause());
        } catch (TimeoutException e) {
            addresses.cancel(false);
            throw new UnknownHostException(host + ": not resolved within " + longest.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        }
    }

    /** A client that is told of an error rather than of an unknown host closes itself for good. */
    private Future<InetAddress[]> submit(String host) throws UnknownHostException {
        try {
            return resolving.submit(() -> names.resolve(host));
        } catch (OutOfMemoryError noThread) {
            throw unresolved(host, noThread);
        }
    }

    private static UnknownHostException unresolved(String host, Throwable cause) {
        var unknown = new UnknownHostException(host + ": " + cause);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    private static Thread resolver(Runnable task) {
        var thread = new Thread(task, "name-resolver");
        thread.setDaemon(true);
        return thread;
    }
}
