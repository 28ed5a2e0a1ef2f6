package hindcast.local;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.util.ExceptionUtils;

/** A job in this JVM, from its submission to its end. */
public final class RunningJob {

  private static final Duration CANCEL_LIMIT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PATIENCE_IN_A_HURRY = Duration.ofSeconds(4);
  private static final long POLL_MILLIS = 100;

  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> end;

  public RunningJob(JobClient client) {
    this.client = client;
    this.end = client.getJobExecutionResult();
  }

  /** Whether it has finished, failed or was cancelled. */
  public boolean hasEnded() {
    return end.isDone();
  }

  /**
   * Passes if the job has finished.
   *
   * @throws IllegalStateException with the root cause in its message if it failed
   */
  public void requireSuccess() {
    try {
      end.join();
    } catch (CancellationException | CompletionException e) {
      Throwable root = root(e);
      throw new IllegalStateException(
          "the job failed: " + root.getClass().getSimpleName() + ": " + root.getMessage(), e);
    }
  }

  /**
   * Stops the job with a savepoint; what was on its way is counted and every transaction is
   * committed. A job that cannot do that in time is cancelled: within ten minutes, or within four
   * seconds once somebody is in a hurry.
   *
   * @param hurried asked again and again whether somebody is
   * @return whether the savepoint was made
   */
  public boolean stop(String savepointFolder, BooleanSupplier hurried) throws InterruptedException {
    CompletableFuture<String> savepoint = stopWithSavepoint(savepointFolder);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean hurrying = false;
    while (System.nanoTime() < deadline) {
      if (!hurrying && hurried.getAsBoolean()) {
        hurrying = true;
        deadline = Math.min(deadline, System.nanoTime() + PATIENCE_IN_A_HURRY.toNanos());
      }
      try {
        savepoint.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException notYet) {
        // asked again until the deadline
      } catch (ExecutionException e) {
        if (!isStarting(e)) {
          return cancelled();
        }
        Thread.sleep(POLL_MILLIS);
        savepoint = stopWithSavepoint(savepointFolder);
      }
    }
    return cancelled();
  }

  private CompletableFuture<String> stopWithSavepoint(String savepointFolder) {
    return client.stopWithSavepoint(false, savepointFolder, SavepointFormatType.NATIVE);
  }

  /** Whether a savepoint was refused because some of the job's tasks do not run yet. */
  private static boolean isStarting(ExecutionException refusal) {
    return ExceptionUtils.findThrowable(refusal, CheckpointException.class)
        .filter(
            e ->
                e.getCheckpointFailureReason()
                    == CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING)
        .isPresent();
  }

  /** False, once the job is cancelled or has ended otherwise. */
  private boolean cancelled() throws InterruptedException {
    try {
      client.cancel().get(CANCEL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      end.get(CANCEL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof JobCancellationException)) {
      root = root.getCause();
    }
    return root;
  }
}
