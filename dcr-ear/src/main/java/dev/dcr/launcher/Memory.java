package dev.dcr.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory that starting took and serving does not need.
 *
 * <p>Where neither its operator nor {@link JvmOptions} chose otherwise, a JVM of some size collects by G1, keeps a
 * sixty-fourth of the machine's memory as its heap from its first second on and lets garbage fill it; told to keep little in
 * reserve, it gives most of that back to the system, takes it again where the load asks for it, and gives that back, too, a
 * minute after the load has gone. {@code -Xms} keeps it, as always. Other collectors are left alone: with so little in
 * reserve the serial one would have to collect all of a full heap again and again.
 *
 * <p>What the compilers were done with stays in the reserve of the C library, which returns none of it unless asked.
 */
final class Memory {
    private static final String G1 = "UseG1GC";
    private static final String KEEP_AT_LEAST = "MinHeapFreeRatio";
    private static final String KEEP_AT_MOST = "MaxHeapFreeRatio";
    private static final String COLLECT_WHEN_IDLE = "G1PeriodicGCInterval";
    private static final String A_MINUTE = "60000";

    private Memory() {}

    /** Gives back what is free, and more readily from now on. */
    static void giveBack() {
        giveBackHeap();
        var minutely = new Thread(Memory::giveBackReserve, "memory");
        minutely.setDaemon(true);
        minutely.start();
    }

    private static void giveBackHeap() {
        try {
            var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (jvm == null || !Boolean.parseBoolean(jvm.getVMOption(G1).getValue())) return;
            jvm.setVMOption(KEEP_AT_LEAST, "10");
            jvm.setVMOption(KEEP_AT_MOST, "30");
            jvm.setVMOption(COLLECT_WHEN_IDLE, A_MINUTE);
            System.gc();
        } catch (IllegalArgumentException | UnsupportedOperationException otherJvm) {
            return; // it has its own way
        }
    }

    private static void giveBackReserve() {
        try {
            while (true) {
                DiagnosticCommand.run("System.trim_native_heap");
                LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1));
            }
        } catch (ReflectiveOperationException | RuntimeException otherJvm) {
            return; // it keeps its reserve
        }
    }
}
