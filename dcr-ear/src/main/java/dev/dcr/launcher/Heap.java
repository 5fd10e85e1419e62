package dev.dcr.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The heap that starting took and serving does not need. Left alone, the JVM keeps a sixty-fourth of the machine's memory
 * from its first second on and lets garbage fill it; told to keep little in reserve, it gives most of that back to the
 * system, takes it again where the load asks for it, and gives that back, too, a minute after the load has gone.
 * {@code -Xms} keeps it, as always.
 */
final class Heap {
    private static final String KEEP_AT_LEAST = "MinHeapFreeRatio";
    private static final String KEEP_AT_MOST = "MaxHeapFreeRatio";
    private static final String COLLECT_WHEN_IDLE = "G1PeriodicGCInterval";
    private static final String A_MINUTE = "60000";

    private Heap() {}

    /** Gives back what is free, and more readily from now on; on a JVM without these options nothing happens. */
    static void giveBack() {
        try {
            var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (jvm == null) return;
            jvm.setVMOption(KEEP_AT_LEAST, "10");
            jvm.setVMOption(KEEP_AT_MOST, "30");
            jvm.setVMOption(COLLECT_WHEN_IDLE, A_MINUTE);
            System.gc();
        } catch (IllegalArgumentException | UnsupportedOperationException otherJvm) {
            System.gc();
        }
    }
}
