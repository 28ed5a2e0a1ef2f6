package hindcast.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time of the calling thread, and how many seconds it says between two looks. */
final class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuClock() {}

  /** Nanoseconds this thread has computed. */
  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** CPU milliseconds of a task in this thread. */
  static double millis(Runnable task) {
    long start = nanos();
    task.run();
    return (nanos() - start) * 1e-6;
  }

  /** CPU nanoseconds of the whole process. */
  static long processNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
