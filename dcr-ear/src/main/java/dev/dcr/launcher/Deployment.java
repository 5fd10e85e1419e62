package dev.dcr.launcher;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The application as the started server sees it. WildFly goes on without an application that failed to start; a process
 * that serves nothing had better end, so that whoever started it hears of it.
 */
final class Deployment {
    private static final String SERVER = "jboss.as:management-root=server";
    private static final String APPLICATION = "jboss.as:deployment=dcr.ear";
    private static final String ABSENT = "absent";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private Deployment() {}

    /**
     * Waits until the application has started.
     *
     * @throws Refusal if the server has started without it
     */
    static void await() throws Refusal, InterruptedException {
        var deadline = Instant.now().plus(LONGEST_START);
        while (Instant.now().isBefore(deadline)) {
            var status = "running".equals(attribute(SERVER, "serverState")) ? attribute(APPLICATION, "status") : ABSENT;
            if ("OK".equals(status)) return;
            if ("FAILED".equals(status)) break;
            Thread.sleep(POLL.toMillis());
        }
        throw new Refusal("The server cannot work: what is above says why.");
    }

    /** There is no application while a script of management operations is applied, nor a server while it is reloaded. */
    private static Object attribute(String name, String attribute) {
        try {
            return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(name), attribute);
        } catch (JMException absent) {
            return ABSENT;
        }
    }
}
