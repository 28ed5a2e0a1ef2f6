package hindcast.local.validate;

import hindcast.audit.AuditedFeedback;
import hindcast.audit.JoinCounts;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.logs.LogEntry;
import hindcast.feedback.FeedbackValidator;
import hindcast.feedback.ImpressionJoin;
import hindcast.feedback.JoinDecision;
import hindcast.feedback.JoinDecision.Fate;
import hindcast.feedback.JoinDecision.Outcome;
import hindcast.feedback.JoinDecision.ReleasedReward;
import hindcast.feedback.JoinState;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardFormula;
import hindcast.jobs.feedback.FeedbackCheck;
import hindcast.propensity.Propensity;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The entries of a log as outcomes in order of (event time, impression id), by the validator and
 * the join of the pipeline, in one thread.
 *
 * <p>In a log the rewards of an impression are on its own line. So nothing has to be held for the
 * whole reward window: an impression leaves once no earlier one can come, which the disorder of the
 * log tells. Ids are remembered for another two windows, so that copies are found, but no more than
 * {@value #MOST_CLOSED} of them; of more than {@value #MOST_OPEN} open impressions the earliest
 * leaves.
 */
final class LogJoin {
  private static final int MOST_OPEN = 300_000;
  private static final int MOST_CLOSED = 1_000_000;

  private record Open(long line, Impression impression, double[] row, JoinState state) {
    long time() {
      return impression.getEventTimeMicros();
    }

    String id() {
      return impression.getImpressionId();
    }
  }

  private record Closed(String id, long forgetMicros) {}

  private final FeedbackCheck check;
  private final ImpressionJoin join;
  private final long windowMicros;
  private final long memoryMicros;
  private final long disorderMicros;
  private final Refusals refusals;
  private final Consumer<AuditedFeedback> outcomes;
  private final Map<String, JoinState> states = new HashMap<>();

  /** Impression id to the lines of the rewards that wait for its activation, by reward id. */
  private final Map<String, Map<String, Long>> waiting = new HashMap<>();

  private final PriorityQueue<Open> open =
      new PriorityQueue<>(Comparator.comparingLong(Open::time).thenComparing(Open::id));
  private final Deque<Closed> closed = new ArrayDeque<>();
  private long latestMicros = Long.MIN_VALUE;
  private long impressions;
  private long emitted;
  private long duplicates;
  private long refusedImpressions;
  private long notActivated;
  private long joined;
  private long duplicateRewards;
  private long late;
  private long orphans;

  /**
   * @param formula what the rewards of an impression amount to
   * @param propensityFloor smallest accepted propensity
   * @param windowMicros the reward window
   * @param disorderMicros how far a line may be behind an earlier one
   * @param outcomes takes each outcome
   */
  LogJoin(
      RewardFormula formula,
      double propensityFloor,
      long windowMicros,
      long disorderMicros,
      Refusals refusals,
      Consumer<AuditedFeedback> outcomes) {
    this.check = new FeedbackCheck(formula, 0, propensityFloor);
    this.join = new ImpressionJoin(windowMicros, windowMicros, 0, formula);
    this.windowMicros = windowMicros;
    this.memoryMicros = 2 * windowMicros;
    this.disorderMicros = disorderMicros;
    this.refusals = refusals;
    this.outcomes = outcomes;
  }

  /**
   * Takes the next entry that is not refused as it stands.
   *
   * @return why its impression is refused, or null
   */
  Reject add(LogEntry entry) {
    Impression impression = entry.impression();
    impressions++;
    Reject reject = check.check(impression, FeedbackValidator.NO_APPEND_TIME);
    if (reject != null) {
      refusedImpressions++;
      entry.rewards().forEach(reward -> orphan(entry.line(), reward));
      return reject;
    }
    long time = impression.getEventTimeMicros();
    JoinState state = states.computeIfAbsent(impression.getImpressionId(), id -> new JoinState());
    JoinDecision decision = join.onImpression(state, time, watermark());
    if (decision.fate() == Fate.HELD) {
      open.add(new Open(entry.line(), impression, entry.row(), state));
    } else {
      duplicates++;
    }
    for (Reward reward : entry.rewards()) {
      add(entry.line(), reward, state);
    }
    latestMicros = Math.max(latestMicros, time);
    while (!open.isEmpty() && (open.peek().time() < watermark() || open.size() > MOST_OPEN)) {
      close(open.poll());
    }
    return null;
  }

  /** No more entries come. */
  void end() {
    while (!open.isEmpty()) {
      close(open.poll());
    }
  }

  /** Both ledgers so far. */
  JoinCounts counts() {
    return new JoinCounts(
        impressions,
        emitted,
        open.size(),
        duplicates + refusedImpressions + notActivated,
        joined,
        late,
        orphans);
  }

  /** Copies of impressions and of rewards. */
  long duplicates() {
    return duplicates + duplicateRewards;
  }

  /** A reward without its decision, refused before it came here. */
  void orphan() {
    orphans++;
  }

  private void orphan(long line, Reward reward) {
    orphans++;
    refusals.add(
        line,
        new Reject(
            Rejection.NO_IMPRESSION,
            "the impression of the reward was refused: " + reward.getImpressionId()));
  }

  private void add(long line, Reward reward, JoinState state) {
    Reject reject = check.check(reward, FeedbackValidator.NO_APPEND_TIME);
    if (reject != null) {
      refusals.add(line, reject);
      return;
    }
    JoinDecision decision =
        join.onReward(
            state,
            reward.getRewardId(),
            reward.getKind(),
            reward.getEventTimeMicros(),
            reward.getValue(),
            watermark());
    switch (decision.fate()) {
      case JOINED -> joined++;
      case DUPLICATE -> duplicateRewards++;
      case HELD ->
          waiting
              .computeIfAbsent(reward.getImpressionId(), id -> new HashMap<>())
              .put(reward.getRewardId(), line);
      default -> {
        Rejection reason = decision.rejection();
        late += reason == Rejection.AFTER_WINDOW || reason == Rejection.LATE ? 1 : 0;
        refuse(line, reason, reward.getImpressionId());
      }
    }
    release(decision, reward.getImpressionId());
  }

  private void release(JoinDecision decision, String impressionId) {
    if (decision.released().isEmpty()) {
      return;
    }
    Map<String, Long> lines = waiting.remove(impressionId);
    for (ReleasedReward released : decision.released()) {
      if (released.joined()) {
        joined++;
      } else {
        refuse(lines.get(released.rewardId()), released.rejection(), impressionId);
      }
    }
  }

  private void refuse(long line, Rejection reason, String impressionId) {
    refusals.add(
        line, new Reject(reason, reason.description() + " (impression " + impressionId + ")"));
  }

  /** No line is still to come with an event time below this. */
  private long watermark() {
    return latestMicros == Long.MIN_VALUE ? latestMicros : latestMicros - disorderMicros;
  }

  private void close(Open next) {
    JoinDecision decision = join.onTime(next.state(), next.time() + windowMicros);
    release(decision, next.id());
    if (decision.outcome() == null) {
      notActivated++;
      refusals.add(
          next.line(),
          new Reject(decision.rejection(), decision.rejection().description() + ": " + next.id()));
    } else {
      emitted++;
      outcomes.accept(
          new AuditedFeedback(
              feedback(next, decision.outcome()), next.row(), next.impression().getSlateId()));
    }
    closed.add(new Closed(next.id(), next.time() + memoryMicros));
    while (!closed.isEmpty()
        && (closed.peek().forgetMicros() <= watermark() || closed.size() > MOST_CLOSED)) {
      states.remove(closed.poll().id());
    }
  }

  private static LoggedFeedback feedback(Open next, Outcome outcome) {
    Impression impression = next.impression();
    List<String> eligible = impression.getEligibleItemIds();
    return new LoggedFeedback(
        impression.getImpressionId(),
        impression.getEventTimeMicros(),
        impression.getSegment(),
        AvroMapping.context(impression.getContext()),
        impression.getItemId(),
        impression.getPosition(),
        eligible,
        impression.getPolicyId(),
        impression.getPolicyVersion(),
        outcome.reward(),
        propensity(impression));
  }

  private static Propensity propensity(Impression impression) {
    Double propensity = impression.getPropensity();
    if (propensity == null) {
      return null;
    }
    return impression.getPropensityDraws() == 0
        ? Propensity.logged(propensity)
        : Propensity.monteCarlo(propensity, impression.getPropensityDraws());
  }
}
