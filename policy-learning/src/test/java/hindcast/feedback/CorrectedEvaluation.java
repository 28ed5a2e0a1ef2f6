package hindcast.feedback;

import hindcast.estimator.EstimatorSpec;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.PolicyScorer;
import hindcast.evaluation.ProgressiveValidation;
import hindcast.evaluation.RevisableSums;
import hindcast.evaluation.ScoredWindow;
import hindcast.propensity.Propensity;
import hindcast.testing.States;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Join, evaluation and corrections in miniature: what the pipeline does with one policy line, with
 * everything that is state stored as bytes.
 */
final class CorrectedEvaluation {
  private static final long SIZE = 25;
  private static final long SECOND_CUT = 4 * SIZE;
  private static final List<EstimatorSpec> ESTIMATORS =
      List.of(
          EstimatorSpec.parse("IPS"),
          EstimatorSpec.parse("SNIPS"),
          EstimatorSpec.parse("CIPS_CAP:cap=2"),
          EstimatorSpec.parse("UIPS:lambda=3000,eta1=1,eta2=100,gamma=0.5"));

  private final long window;
  private final long horizon;
  private final JoinStream join;
  private final ProgressiveValidation validation = new ProgressiveValidation(List.of("p"), true, 2);
  private final TreeMap<Long, List<LoggedFeedback>> waiting = new TreeMap<>();
  private final TreeMap<Long, List<ScoredWindow.Revision>> revisions = new TreeMap<>();
  private final TreeMap<Long, byte[]> scored = new TreeMap<>();
  private final Set<String> unactivated = new HashSet<>();
  private TreeMap<EvaluatedSlice, RevisableSums> sums = new TreeMap<>();

  CorrectedEvaluation(RewardFormula formula, long window, long horizon) {
    this.window = window;
    this.horizon = horizon;
    this.join = new JoinStream(new ImpressionJoin(window, window, horizon, formula));
    validation.open(1, 0, scorer(3));
  }

  JoinStream stream() {
    return join;
  }

  void impression(String id, long time) {
    join.impression(id, time);
    join.assertConserved();
  }

  void reward(String id, String rewardId, String kind, long time, double value) {
    JoinDecision decision = join.reward(id, rewardId, kind, time, value);
    join.assertConserved();
    if (decision.correction() != null) {
      JoinDecision.Correction correction = decision.correction();
      revisions
          .computeIfAbsent(end(correction.impressionTimeMicros()), k -> new ArrayList<>())
          .add(new ScoredWindow.Revision(id, correction.revision(), correction.reward()));
    }
  }

  void advance(long watermark) {
    List<String> before = new ArrayList<>(join.outcomes().keySet());
    join.advance(watermark);
    join.assertConserved();
    join.outcomes()
        .forEach(
            (id, outcome) -> {
              if (!before.contains(id)) {
                if (!outcome.activated()) {
                  unactivated.add(id);
                }
                waiting
                    .computeIfAbsent(end(outcome.impressionTimeMicros()), k -> new ArrayList<>())
                    .add(feedback(id, outcome));
              }
            });
    while (!waiting.isEmpty() && waiting.firstKey() + window <= watermark) {
      Map.Entry<Long, List<LoggedFeedback>> entry = waiting.pollFirstEntry();
      score(entry.getKey(), entry.getValue());
    }
    for (long end : List.copyOf(revisions.keySet())) {
      if (scored.containsKey(end)) {
        revise(end, revisions.remove(end));
      }
    }
    while (!scored.isEmpty() && scored.firstKey() + window + horizon <= watermark) {
      long end = scored.pollFirstEntry().getKey();
      sums.values().forEach(slice -> slice.settle(end));
    }
  }

  private void score(long end, List<LoggedFeedback> outcomes) {
    if (end > SECOND_CUT && validation.versionInForce(SECOND_CUT) == 1) {
      validation.open(2, SECOND_CUT, scorer(5));
    }
    outcomes.sort(
        Comparator.comparingLong(LoggedFeedback::eventTimeMicros)
            .thenComparing(LoggedFeedback::impressionId));
    ScoredWindow kept = new ScoredWindow();
    validation.score(
        outcomes,
        (slice, outcome) -> {
          boolean inForce = slice.version() == validation.versionInForce(outcome.eventTimeMicros());
          slice(slice).begin(end);
          if (unactivated.contains(outcome.impressionId())) {
            kept.addUnactivated(slice, outcome, inForce);
          } else {
            slice(slice).add(end, outcome, inForce);
            kept.add(slice, outcome, inForce);
          }
        });
    scored.put(end, States.bytes(kept::write));
  }

  private void revise(long end, List<ScoredWindow.Revision> corrections) {
    ScoredWindow kept = window(end);
    kept.revise(corrections, true);
    sums.values().forEach(slice -> slice.withdraw(end));
    replay(end, kept);
    scored.put(end, States.bytes(kept::write));
  }

  /** Goes on from bytes, as after a failure. */
  void restore() {
    TreeMap<EvaluatedSlice, RevisableSums> restored = new TreeMap<>();
    sums.forEach(
        (slice, sum) -> {
          RevisableSums read = new RevisableSums(ESTIMATORS);
          States.restore(sum::write, read::read);
          restored.put(slice, read);
        });
    sums = restored;
    for (long end : scored.keySet()) {
      replay(end, window(end));
    }
  }

  private void replay(long end, ScoredWindow kept) {
    kept.slices(true).forEach(slice -> slice(slice).begin(end));
    kept.replay(true, (slice, outcome, inForce) -> slice(slice).add(end, outcome, inForce));
  }

  /** The state of every slice with outcomes. */
  Map<String, List<Byte>> bytes() {
    Map<String, List<Byte>> all = new TreeMap<>();
    sums.forEach(
        (slice, sum) -> {
          List<Byte> list = new ArrayList<>();
          for (byte b : States.bytes(sum.total()::write)) {
            list.add(b);
          }
          if (!sum.isEmpty()) {
            all.put(slice.text(), list);
          }
        });
    return all;
  }

  private RevisableSums slice(EvaluatedSlice slice) {
    return sums.computeIfAbsent(slice, k -> new RevisableSums(ESTIMATORS));
  }

  private ScoredWindow window(long end) {
    return States.read(scored.get(end), ScoredWindow::read);
  }

  private static long end(long time) {
    return (Math.floorDiv(time, SIZE) + 1) * SIZE;
  }

  private static PolicyScorer scorer(int salt) {
    return PolicyScorer.eventByEvent(
        feedback -> Math.floorMod(feedback.impressionId().hashCode() * salt, 17) / 17.0);
  }

  private static LoggedFeedback feedback(String id, JoinDecision.Outcome outcome) {
    double p = (1 + Math.floorMod(id.hashCode(), 7)) / 8.0;
    return new LoggedFeedback(
        id,
        outcome.impressionTimeMicros(),
        "s" + Math.floorMod(id.hashCode(), 2),
        Context.dense(new float[] {1}),
        "a",
        0,
        null,
        "logging",
        0,
        outcome.reward(),
        new Propensity(p, .1, Propensity.Source.ESTIMATED));
  }
}
