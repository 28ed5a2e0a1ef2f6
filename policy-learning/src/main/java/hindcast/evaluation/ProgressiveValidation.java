package hindcast.evaluation;

import hindcast.feedback.LoggedFeedback;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Progressive validation (test, then train) of one policy line: an open version is scored on every
 * outcome whose impression lies at or after the version's data cut, never on one it may have been
 * trained on.
 *
 * <p>The line itself, version 0, is no version: each outcome counts for the newest open version
 * whose cut precedes it. What the line's estimate targets is therefore the mean of those versions'
 * values, weighted by the outcomes each of them scored. A line that does not learn (uniform, a
 * table) has the single version 0 with a cut before all data. A version that a rollback left is
 * scored while it is open and counts for the line no more.
 *
 * <p>Not thread-safe. Order matters: feed outcomes by (impression time, impression id), versions
 * before the outcomes after their cut.
 */
public final class ProgressiveValidation {
  /** Receives each outcome under one evaluated slice. */
  @FunctionalInterface
  public interface Sink {
    /** Adds {@code outcome}, which is reused after the call, to the estimates of {@code slice}. */
    void add(EvaluatedSlice slice, ScoredOutcome outcome);
  }

  /** Says of a version whether a rollback left it. */
  @FunctionalInterface
  public interface LeftVersions {
    /** Whether what is learned now does not descend from this version. */
    boolean isLeft(long version, long cutMicros);
  }

  /** An open version and what it says of the minibatch at hand, from its event {@code first} on. */
  private static final class OpenVersion {
    private final long version;
    private final long cutMicros;
    private final PolicyScorer scorer;
    private final PolicyScores scores;
    private int first;
    private boolean left;

    OpenVersion(long version, long cutMicros, PolicyScorer scorer, int forms) {
      this.version = version;
      this.cutMicros = cutMicros;
      this.scorer = scorer;
      this.scores = new PolicyScores(forms);
    }

    void score(List<LoggedFeedback> minibatch) {
      first = 0;
      while (first < minibatch.size() && minibatch.get(first).eventTimeMicros() < cutMicros) {
        first++;
      }
      scores.reset(minibatch.size() - first);
      if (first < minibatch.size()) {
        scorer.score(minibatch.subList(first, minibatch.size()), scores);
      }
    }
  }

  private final List<String> policies;
  private final boolean bySegment;
  private final int maximumOpen;
  private final TreeMap<Long, OpenVersion> open = new TreeMap<>();
  private final ScoredOutcome outcome = new ScoredOutcome();
  private LongPredicate pinned = version -> false;
  private LeftVersions left = (version, cut) -> false;
  private long refused;

  /**
   * @param policies the name of the line under each of its forms, in the order of the scorer
   * @param bySegment whether each segment is evaluated by itself besides the whole
   * @param maximumOpen versions that stay open at most, at least 1; pinned ones are not counted
   */
  public ProgressiveValidation(List<String> policies, boolean bySegment, int maximumOpen) {
    if (policies.isEmpty()) {
      throw new IllegalArgumentException("a policy line needs at least one form");
    }
    if (maximumOpen < 1) {
      throw new IllegalArgumentException("at least 1 version must stay open: " + maximumOpen);
    }
    this.policies = List.copyOf(policies);
    this.bySegment = bySegment;
    this.maximumOpen = maximumOpen;
  }

  /**
   * Whether a version is opened: 1, 2, 4, 8, ... Checkpoints are frequent and opened versions few,
   * each living about as long as all before it, or none would gather enough outcomes for an
   * interval.
   */
  public static boolean isOpened(long version) {
    return version > 0 && Long.bitCount(version) == 1;
  }

  /**
   * Opens a version.
   *
   * @param version 0 for a policy without versions
   * @param cutMicros it is scored on impressions at or after this time
   * @return the versions closed to make room, oldest first
   */
  public List<Long> open(long version, long cutMicros, PolicyScorer scorer) {
    OpenVersion opened = new OpenVersion(version, cutMicros, scorer, policies.size());
    opened.left = left.isLeft(version, cutMicros);
    open.put(version, opened);
    List<Long> closable =
        open.keySet().stream().filter(one -> !pinned.test(one)).collect(Collectors.toList());
    List<Long> closed =
        List.copyOf(closable.subList(0, Math.max(0, closable.size() - maximumOpen)));
    closed.forEach(open::remove);
    return closed;
  }

  /**
   * From now on these versions are never closed to make room, and these count for the line no more.
   *
   * @return the open versions that were left and are not pinned, oldest first; they stay open
   */
  public List<Long> follow(LongPredicate nowPinned, LeftVersions nowLeft) {
    pinned = nowPinned;
    left = nowLeft;
    open.values().forEach(one -> one.left = left.isLeft(one.version, one.cutMicros));
    return open.values().stream()
        .filter(one -> one.left && !pinned.test(one.version))
        .map(one -> one.version)
        .toList();
  }

  /** Closes a version. */
  public void close(long version) {
    open.remove(version);
  }

  /** Whether a version is open. */
  public boolean isOpen(long version) {
    return open.containsKey(version);
  }

  /** The open version an outcome at {@code timeMicros} counts for in the line; -1 if none. */
  public long versionInForce(long timeMicros) {
    for (OpenVersion candidate : open.descendingMap().values()) {
      if (candidate.cutMicros <= timeMicros && !candidate.left) {
        return candidate.version;
      }
    }
    return -1;
  }

  /**
   * Scores a minibatch under every open version that may be judged on it.
   *
   * @param minibatch outcomes in order of impression time
   */
  public void score(List<LoggedFeedback> minibatch, Sink sink) {
    open.values().forEach(candidate -> candidate.score(minibatch));
    for (int i = 0; i < minibatch.size(); i++) {
      add(i, minibatch.get(i), sink);
    }
  }

  private void add(int i, LoggedFeedback feedback, Sink sink) {
    boolean newest = true;
    for (OpenVersion candidate : open.descendingMap().values()) {
      int event = i - candidate.first;
      if (event < 0) {
        continue;
      }
      if (!candidate.scores.isDefined(event)) {
        refused++;
        newest &= candidate.left;
        continue;
      }
      for (int form = 0; form < policies.size(); form++) {
        outcome.set(feedback, candidate.scores, event, form);
        if (candidate.version != 0) {
          add(sink, policies.get(form), candidate.version, feedback);
        }
        if (newest && !candidate.left) {
          add(sink, policies.get(form), 0, feedback);
        }
      }
      newest &= candidate.left;
    }
  }

  /** How often a version was not defined on a context it should have been scored on. */
  public long refused() {
    return refused;
  }

  private void add(Sink sink, String policy, long version, LoggedFeedback feedback) {
    sink.add(new EvaluatedSlice(policy, version, EvaluatedSlice.ALL), outcome);
    if (bySegment) {
      sink.add(new EvaluatedSlice(policy, version, feedback.segment()), outcome);
    }
  }
}
