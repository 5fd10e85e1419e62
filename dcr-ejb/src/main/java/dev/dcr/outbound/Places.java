package dev.dcr.outbound;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Places for those who wait for other hosts. One host takes no more than its share: a slow one leaves some to the others. */
public final class Places {
    private final int all;
    private final int toOneHost;
    private final Map<String, Integer> takenByHost = new HashMap<>();
    private int taken;

    private Places(int all, int toOneHost) {
        this.all = all;
        this.toOneHost = toOneHost;
    }

    /** So many, of which one host takes half. */
    public static Places ofManyHosts(int all) {
        return new Places(all, (all + 1) / 2);
    }

    /** So many, all of them for the one host that there is. */
    static Places ofOneHost(int all) {
        return new Places(all, all);
    }

    /**
     * Takes a place, to be given back by {@link #leave}.
     *
     * @param patience how long to wait for one
     * @return whether there was one
     */
    public synchronized boolean enter(String host, Duration patience) {
        var end = System.nanoTime() + patience.toNanos();
        while (taken >= all || takenByHost.getOrDefault(name(host), 0) >= toOneHost) {
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || !waited(left)) return false;
        }
        takenByHost.merge(name(host), 1, Integer::sum);
        taken++;
        return true;
    }

    /** Gives back a place that was taken for calls to this host. */
    public synchronized void leave(String host) {
        takenByHost.computeIfPresent(name(host), (name, places) -> places == 1 ? null : places - 1);
        taken--;
        notifyAll();
    }

    private boolean waited(long millis) {
        try {
            wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String name(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
