package hindcast.catalogue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A number of independent tasks, numbered from 0, on a few threads of their own. Which thread runs
 * which task is left to chance, so a task may depend on its number only and must write to places of
 * its own: then the result is the same for any number of threads.
 *
 * <p>The first failure stops the hand-out of tasks and is thrown to the caller; so is an interrupt,
 * as {@link IllegalStateException}.
 */
final class ParallelTasks {
  private final int tasks;
  private final IntConsumer task;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private ParallelTasks(int tasks, IntConsumer task) {
    this.tasks = tasks;
    this.task = task;
  }

  /** Runs tasks 0 to {@code tasks - 1}; returns when all are done. */
  static void run(int threads, int tasks, IntConsumer task) {
    new ParallelTasks(tasks, task).run(Math.min(threads, tasks));
  }

  private void run(int threads) {
    Thread[] helpers = new Thread[Math.max(0, threads - 1)];
    for (int t = 0; t < helpers.length; t++) {
      helpers[t] = new Thread(this::work, "catalogue-build-" + (t + 1));
      helpers[t].setDaemon(true);
      helpers[t].start();
    }
    work();
    for (Thread helper : helpers) {
      await(helper);
    }
    rethrow(failure.get());
  }

  private void work() {
    try {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        task.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(tasks);
    }
  }

  private void await(Thread helper) {
    try {
      helper.join();
    } catch (InterruptedException e) {
      next.set(tasks);
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, new IllegalStateException("interrupted while building", e));
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
