package hindcast.simulation;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.numeric.CounterBasedRandom;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import hindcast.propensity.Propensity;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A bandit made of labelled rows. An impression draws a row, shows one class, and is rewarded with
 * 1 if it is the row's. So the value of every policy is known exactly,
 *
 * <pre>
 * V(π) = (1/n) Σ_i π(y_i | x_i)
 * π₀(a|x) = (1 − ε) softmax(β f(x))_a + ε / K,  ε = {@value #EXPLORATION}
 * </pre>
 *
 * <p>f are the scores of a softmax regression on {@value #SEEN} rows, and β is such that V(π₀) is
 * the accuracy that is asked for, within 1e-9. Importance weights are at most K / ε.
 *
 * <p>The event k is a function of the seed and k alone. Source of the construction: supervised to
 * bandit conversion, Dudik et al. 2011. Immutable, and safe for use by several threads.
 *
 * <p>Errors: {@link IllegalArgumentException} if no β gives the accuracy.
 */
public final class LabelledWorld {
  private static final double EXPLORATION = 0.1;
  private static final int SEEN = 1000;
  private static final int STEPS = 300;
  private static final double LARGEST_SHARPNESS = 64;
  private static final long EVENT_MICROS = 1_000_000;

  private final LabelledRows rows;
  private final long seed;
  private final long start;
  private final ItemCatalogue catalogue;
  private final double[][] logging;
  private final double value;

  /**
   * @param accuracy value of the logging policy, above 1 / K
   * @param startMicros event time of event 0; each next one is a second later
   */
  public LabelledWorld(LabelledRows rows, double accuracy, long seed, long startMicros) {
    this.rows = rows;
    this.seed = seed;
    this.start = startMicros;
    catalogue = catalogue(rows);
    PolicyParameters parameters =
        regression(rows, Math.min(SEEN, rows.size()), STEPS, .05, seed).parameters();
    double sharpness = sharpness(parameters, accuracy);
    logging = new double[rows.size()][];
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      logging[row] = explored(scores(parameters, row), sharpness);
      sum += logging[row][rows.label(row)];
    }
    value = sum / rows.size();
  }

  /**
   * A softmax regression on the first rows with full information: the likelihood objective on
   * feedback that shows each row its class, {@code steps} minibatches of 256.
   */
  public static MinibatchTrainer regression(
      LabelledRows rows, int seen, int steps, double rate, long seed) {
    int batch = Math.min(256, seen);
    LearnerSettings settings =
        new LearnerSettings(
            "LPI", Map.of(), batch, "adam", rate, 1e-5, "exact", Map.of(), seed, "zero");
    MinibatchTrainer trainer =
        new MinibatchTrainer(
            settings, "regression", rows.contextDimension(), catalogue(rows), null);
    for (int step = 0; step < steps; step++) {
      List<LoggedFeedback> minibatch = new ArrayList<>(batch);
      for (int i = 0; i < batch; i++) {
        int row = (int) (((long) step * batch + i) % seen);
        minibatch.add(
            new LoggedFeedback(
                "row-" + row,
                row,
                "",
                rows.context(row),
                rows.className(rows.label(row)),
                0,
                null,
                "labels",
                0,
                1,
                Propensity.logged(1)));
      }
      trainer.step(minibatch);
    }
    return trainer;
  }

  private static ItemCatalogue catalogue(LabelledRows rows) {
    String[] ids = new String[rows.classCount()];
    Arrays.setAll(ids, rows::className);
    return ItemCatalogue.oneHot("classes", ids);
  }

  private double[] scores(PolicyParameters parameters, int row) {
    double[] scores = new double[rows.classCount()];
    rows.context(row).project(parameters.theta(), scores.length, scores);
    return scores;
  }

  private static double[] explored(double[] scores, double sharpness) {
    int classes = scores.length;
    double largest = Arrays.stream(scores).max().orElseThrow();
    double[] p = new double[classes];
    double sum = 0;
    for (int a = 0; a < classes; a++) {
      p[a] = Math.exp(sharpness * (scores[a] - largest));
      sum += p[a];
    }
    for (int a = 0; a < classes; a++) {
      p[a] = (1 - EXPLORATION) * p[a] / sum + EXPLORATION / classes;
    }
    return p;
  }

  private double sharpness(PolicyParameters parameters, double accuracy) {
    double[][] scores = new double[rows.size()][];
    Arrays.setAll(scores, row -> scores(parameters, row));
    double low = 0;
    double high = LARGEST_SHARPNESS;
    double least = accuracy(scores, low);
    double most = accuracy(scores, high);
    if (!(accuracy > least && accuracy < most)) {
      throw new IllegalArgumentException(
          "accuracy of the logging policy must be above %.4f and below %.4f: %s"
              .formatted(least, most, accuracy));
    }
    while (high - low > 1e-12 * high) {
      double middle = (low + high) / 2;
      if (accuracy(scores, middle) < accuracy) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private double accuracy(double[][] scores, double sharpness) {
    double sum = 0;
    for (int row = 0; row < scores.length; row++) {
      sum += explored(scores[row], sharpness)[rows.label(row)];
    }
    return sum / scores.length;
  }

  /** The rows. */
  public LabelledRows rows() {
    return rows;
  }

  /** One item for each class, under its name. */
  public ItemCatalogue catalogue() {
    return catalogue;
  }

  /** V(π₀). */
  public double loggingValue() {
    return value;
  }

  /** π₀(·|x) of a row; not to be changed. */
  public double[] logging(int row) {
    return logging[row];
  }

  /** The row of event k. */
  public int row(long event) {
    return CounterBasedRandom.below(key(event), 0, rows.size());
  }

  /** The class event k shows. */
  public int shown(long event) {
    double[] p = logging[row(event)];
    double left = CounterBasedRandom.uniform(key(event), 1);
    int a = 0;
    while (a < p.length - 1 && (left -= p[a]) >= 0) {
      a++;
    }
    return a;
  }

  private long key(long event) {
    return CounterBasedRandom.key(seed, "labels", 0, Long.toString(event));
  }

  /** Event k as logged feedback. */
  public LoggedFeedback feedback(long event) {
    int row = row(event);
    int shown = shown(event);
    return new LoggedFeedback(
        ZeroPadded.text(event, 12),
        start + event * EVENT_MICROS,
        "all",
        rows.context(row),
        rows.className(shown),
        0,
        null,
        "logging",
        0,
        shown == rows.label(row) ? 1 : 0,
        Propensity.logged(logging[row][shown]));
  }

  /** V of the softmax policy with these parameters, over some rows. */
  public static double value(PolicyParameters parameters, LabelledRows rows) {
    return mean(parameters, rows, (p, label) -> p[label]);
  }

  /** V of the greedy policy with these parameters over some rows: its accuracy. */
  public static double accuracy(PolicyParameters parameters, LabelledRows rows) {
    return mean(
        parameters,
        rows,
        (p, label) -> {
          for (int a = 0; a < p.length; a++) {
            if (p[a] > p[label] || (p[a] == p[label] && a < label)) {
              return 0;
            }
          }
          return 1;
        });
  }

  /** What a row adds. */
  private interface OfRow {
    double of(double[] probabilities, int label);
  }

  private static double mean(PolicyParameters parameters, LabelledRows rows, OfRow part) {
    SoftmaxPolicy policy = new SoftmaxPolicy(parameters, catalogue(rows));
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      Context context = rows.context(row);
      sum += part.of(policy.probabilities(context, null), rows.label(row));
    }
    return sum / rows.size();
  }
}
