package dev.dcr.stop;

import dev.dcr.config.StopConfig;
import dev.dcr.health.Serving;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jboss.logging.Logger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What happens between SIGTERM and the end: the node says that it is not ready and serves on until balancers have turned
 * away, then refuses what is new and finishes what is under way, and then stops. SIGINT, from a keyboard, leaves out the
 * first; a second signal cuts it short.
 *
 * <p>A shutdown hook could not do this: all hooks run at once, and WildFly's stops the server.
 */
@WebListener
@SuppressWarnings("sunapi") // Java has no other way to hear of a signal
public class GracefulStop implements ServletContextListener {
    private static final Logger LOG = Logger.getLogger(GracefulStop.class);
    private static final Signal BY_MANAGER = new Signal("TERM");
    private static final Signal BY_KEYBOARD = new Signal("INT");
    private static final String SERVER = "jboss.as:management-root=server";

    @Inject
    StopConfig config;

    @Inject
    Serving serving;

    private final Map<Signal, SignalHandler> before = new ConcurrentHashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch hurry = new CountDownLatch(1);

    @Override
    public void contextInitialized(ServletContextEvent started) {
        listenFor(BY_MANAGER);
        listenFor(BY_KEYBOARD);
    }

    @Override
    public void contextDestroyed(ServletContextEvent ended) {
        before.forEach(Signal::handle);
    }

    private void listenFor(Signal signal) {
        try {
            var handler = Signal.handle(signal, this::stop);
            before.put(signal, handler);
            // whoever started the process in the background wants it left alone
            if (handler.equals(SignalHandler.SIG_IGN)) Signal.handle(signal, handler);
        } catch (IllegalArgumentException taken) {
            LOG.warnf("%s stops this server at once: %s", signal, taken.getMessage());
        }
    }

    private void stop(Signal signal) {
        if (!stopping.compareAndSet(false, true)) {
            hurry.countDown();
            return;
        }
        serving.leave();
        drain(signal.equals(BY_MANAGER) ? config.drain() : Duration.ZERO);
        suspend(Math.toIntExact(config.timeout().toSeconds()));
        before.get(signal).handle(signal);
    }

    private void drain(Duration patience) {
        LOG.infof("Told to stop: not ready any more, serving on for %d s", patience.toSeconds());
        try {
            if (hurry.await(patience.toSeconds(), TimeUnit.SECONDS)) LOG.info("Told to stop once more");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** WildFly counts the requests that are under way and refuses the others; {@code OwnReplies} puts that into words. */
    private static void suspend(Integer seconds) {
        try {
            var integer = Integer.class.getName();
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(SERVER), "suspend", new Object[] {seconds, seconds}, new String[] {
                        integer, integer
                    });
        } catch (JMException unmanaged) {
            LOG.warnf("requests under way are not waited for: %s", unmanaged);
        }
    }
}
