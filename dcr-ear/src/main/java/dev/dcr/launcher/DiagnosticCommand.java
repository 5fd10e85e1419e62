package dev.dcr.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * What {@code jcmd} tells a JVM, told to this one. It is reached by reflection (the jar's manifest opens the package),
 * since the way by JMX would make the platform's MBean server before WildFly can put its own in its place.
 */
final class DiagnosticCommand {
    private DiagnosticCommand() {}

    /**
     * Has a command carried out.
     *
     * @throws ReflectiveOperationException if this JVM does not know the command, or is built otherwise
     * @throws RuntimeException             the same
     */
    static void run(String command) throws ReflectiveOperationException {
        // loads what the class below needs and does not load itself
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        var commands = Class.forName("com.sun.management.internal.DiagnosticCommandImpl");
        var instance = commands.getDeclaredMethod("getDiagnosticCommandMBean");
        instance.setAccessible(true);
        var execute = commands.getDeclaredMethod("executeDiagnosticCommand", String.class);
        execute.setAccessible(true);
        execute.invoke(instance.invoke(null), command);
    }
}
