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
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private Deployment() {}

    /**
     * Waits until the server has started.
     *
     * @throws Refusal if it has, and the application has not
     */
    static void await() throws Refusal, InterruptedException {
        var deadline = Instant.now().plus(LONGEST_START);
        while ("starting".equals(attribute(SERVER, "serverState"))
                && Instant.now().isBefore(deadline)) Thread.sleep(POLL.toMillis());
        if (!"OK".equals(attribute(APPLICATION, "status")))
            throw new Refusal("The server cannot work: what is above says why.");
    }

    /** As soon as there is no such thing in the model, the server is going down and nothing is left to be judged. */
    private static Object attribute(String name, String attribute) {
        try {
            return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(name), attribute);
        } catch (JMException absent) {
            return "absent";
        }
    }
}
