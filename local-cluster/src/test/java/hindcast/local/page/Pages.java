package hindcast.local.page;

import hindcast.audit.DelayQuantiles;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.avro.ValueWindows;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.ProgressiveValidation;
import hindcast.evaluation.SliceSums;
import hindcast.evaluation.StoredWindow;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.RewardRange;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.certificate.Certificate;
import hindcast.local.certificate.InputFile;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Results;
import hindcast.local.results.Truths;
import hindcast.local.words.LineWindows;
import hindcast.local.words.LogSpan;
import hindcast.local.words.PolicyCase;
import hindcast.local.words.PolicyCases;
import hindcast.propensity.Propensity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Pages of made up runs. */
final class Pages {
  static final long START = 1_574_553_600_000_000L;
  static final String HOSTILE = "<script>alert('1')</script>&\"\u0007";

  private static final String LONG = "a-name-of-more-characters-than-a-chart-has-room-for";
  private static final long HOUR = 3_600_000_000L;
  private static final int WINDOWS = 300;
  private static final int OUTCOMES = 40;
  private static final double LIKED = 0.3;
  private static final double PROPENSITY = 0.4;
  private static final EstimatorSpec SNIPS = EstimatorSpec.parse("SNIPS");

  private final ResultBoard board = new ResultBoard();
  private final LineWindows windows = new LineWindows();
  private final List<String> unreliable;

  private Pages(List<String> unreliable) {
    this.unreliable = unreliable;
  }

  /** A page on policies that are better, alike, worse and hostile, two segments, a delay. */
  static PageData full(List<String> unreliable) {
    Pages pages = new Pages(unreliable);
    pages.add("logging", "*", 1);
    pages.add("clpi", "*", 1.5);
    pages.add("table", "*", 1);
    pages.add("uniform", "*", 0.5);
    pages.add(HOSTILE, "*", 1.2);
    pages.add(LONG + "a" + LONG, "*", 1.3);
    pages.add(LONG + "b" + LONG, "*", 1.4);
    pages.add("logging", HOSTILE, 1);
    pages.add("clpi", HOSTILE, 1.5);
    pages.add("clpi", "b", 1.5);
    pages.board.add(Results.checkpoint("clpi", 1));
    if (!unreliable.isEmpty()) {
      pages.board.add(Results.finding("MEAN_WEIGHT", 2, true));
    }
    DelayQuantiles delays = new DelayQuantiles();
    for (int i = 1; i <= 100; i++) {
      delays.add(i * 1_000_000L);
    }
    return pages.data(delays, new LogSpan(START, START + WINDOWS * HOUR));
  }

  /** A page on a log of which nothing could be used. */
  static PageData empty() {
    return new Pages(List.of()).data(new DelayQuantiles(), new LogSpan(0, 0));
  }

  private PageData data(DelayQuantiles delays, LogSpan span) {
    PipelineConfig config = PipelineConfig.defaults();
    return new PageData(
        "Replay of " + HOSTILE,
        span,
        PolicyCases.of(board, windows, config, span),
        Results.summary(board, Truths.UNKNOWN, 2),
        Optional.of(delays),
        new Certificate.Origin(
            List.of("replay", "--log", "a log.csv"),
            List.of(new InputFile("log", "a log.csv", 3, "ab")),
            config),
        Optional.empty());
  }

  /** A policy whose weight is high where rewards are, by a factor. */
  private void add(String policy, String segment, double factor) {
    Random random = new Random(7);
    SliceSums total = new SliceSums(List.of(SNIPS));
    for (int window = 0; window < WINDOWS; window++) {
      SliceSums sums = sums(random, policy.equals(PolicyCase.LOGGING) ? 0 : 0.1, factor);
      total.merge(sums);
      long start = START + window * HOUR;
      windows.add(
          ValueWindows.record(
              new EvaluatedSlice(policy, 0, segment),
              RewardRange.UNIT,
              new StoredWindow(start, start + HOUR, start + HOUR, 0, sums)));
    }
    board.add(estimate(policy, segment, total));
  }

  private static SliceSums sums(Random random, double noise, double factor) {
    double[] probabilities = new double[OUTCOMES];
    List<LoggedFeedback> outcomes = new ArrayList<>();
    for (int k = 0; k < OUTCOMES; k++) {
      boolean liked = random.nextDouble() < LIKED;
      double weight = liked ? factor : (1 - LIKED * factor) / (1 - LIKED);
      probabilities[k] = Math.max(0, PROPENSITY * (weight + noise * random.nextGaussian()));
      outcomes.add(outcome(k, liked ? 1 : 0));
    }
    ProgressiveValidation validation = new ProgressiveValidation(List.of("p"), false, 1);
    validation.open(
        0,
        Long.MIN_VALUE,
        (minibatch, scores) -> {
          for (int k = 0; k < minibatch.size(); k++) {
            scores.set(k, 0, probabilities[k]);
          }
        });
    SliceSums sums = new SliceSums(List.of(SNIPS));
    validation.score(outcomes, (slice, outcome) -> sums.add(outcome, true));
    return sums;
  }

  private static LoggedFeedback outcome(int k, double reward) {
    return new LoggedFeedback(
        "i" + k,
        START + k,
        "s",
        Context.dense(new float[] {1}),
        "item",
        0,
        null,
        PolicyCase.LOGGING,
        0,
        reward,
        Propensity.logged(PROPENSITY));
  }

  private ValueEstimate estimate(String policy, String segment, SliceSums total) {
    EstimateSet.Line line = total.estimates().estimates(SupportRule.DEFAULT).get(0);
    double value = line.estimate().value().orElseThrow();
    var difference = total.difference();
    var interval = difference.interval().orElseThrow();
    return ValueEstimate.newBuilder(
            Results.estimate(policy, 0, "SNIPS", segment, START + WINDOWS * HOUR, value))
        .setParameters(SNIPS.parameters())
        .setUnreliable(unreliable)
        .setN(total.estimates().n())
        .setOnPolicyValue(total.test().loggingValue())
        .setDifferenceToLogging(difference.value().orElseThrow())
        .setDifferenceStandardError(difference.standardError().orElseThrow())
        .setDifferenceLower(interval.lower())
        .setDifferenceUpper(interval.upper())
        .build();
  }
}
