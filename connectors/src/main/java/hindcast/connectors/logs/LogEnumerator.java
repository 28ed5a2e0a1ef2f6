package hindcast.connectors.logs;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives the one split of a log to the first reader that asks; sends the others home. */
final class LogEnumerator implements SplitEnumerator<LogSplit, Optional<LogSplit>> {
  private final SplitEnumeratorContext<LogSplit> context;
  private Optional<LogSplit> unassigned;

  LogEnumerator(SplitEnumeratorContext<LogSplit> context, Optional<LogSplit> unassigned) {
    this.context = context;
    this.unassigned = unassigned;
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, String requesterHostname) {
    if (unassigned.isPresent()) {
      context.assignSplit(unassigned.get(), subtask);
      unassigned = Optional.empty();
    }
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void addSplitsBack(List<LogSplit> splits, int subtask) {
    unassigned = Optional.of(splits.get(0));
  }

  @Override
  public void addReader(int subtask) {}

  @Override
  public Optional<LogSplit> snapshotState(long checkpointId) {
    return unassigned;
  }

  @Override
  public void close() {}
}
