package hindcast.training;

import hindcast.catalogue.ItemCatalogue;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.ValueEstimator;
import hindcast.feedback.LoggedFeedback;
import hindcast.policy.SoftmaxPolicy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The choice of the translation of BANDITNET, POXM_PRUNE and POXM_SIS: one learner for each of l =
 * 0, 0.1, .. 1 (or other numbers), all on the same stream. Each minibatch is first scored by every
 * learner and then trained on, so that the SNIPS it adds to is held out; the learner whose SNIPS is
 * largest is the best, the first of several.
 *
 * <p>Source: Joachims, Swaminathan and de Rijke 2018; baselines 2.5.
 */
public final class TranslationScan {
  private final double[] translations;
  private final ItemCatalogue catalogue;
  private final List<MinibatchTrainer> trainers = new ArrayList<>();
  private final List<ValueEstimator> values = new ArrayList<>();

  /**
   * Learners at their start.
   *
   * @param settings of each learner; the translation is replaced
   * @param translations to try, at least one
   * @param policyId name of the policy
   * @param contextDimension d
   * @param catalogue the items
   * @param source makes each learner's side information
   */
  public TranslationScan(
      LearnerSettings settings,
      double[] translations,
      String policyId,
      int contextDimension,
      ItemCatalogue catalogue,
      Supplier<SideInformationSource> source) {
    if (translations.length == 0) {
      throw new IllegalArgumentException("a scan needs at least one translation");
    }
    this.translations = translations.clone();
    this.catalogue = catalogue;
    for (double l : translations) {
      trainers.add(
          new MinibatchTrainer(
              settings.with(parameterOf(settings.objective()), l),
              policyId,
              contextDimension,
              catalogue,
              null,
              source.get()));
      values.add(EstimatorSpec.parse("SNIPS").create());
    }
  }

  /** 0, 0.1, .. 1. */
  public static double[] tenths() {
    double[] all = new double[11];
    for (int k = 0; k < all.length; k++) {
      all[k] = k / 10.0;
    }
    return all;
  }

  private static String parameterOf(String objective) {
    return switch (objective) {
      case "BANDITNET" -> "baseline";
      case "POXM_PRUNE", "POXM_SIS" -> "lam";
      default ->
          throw new IllegalArgumentException(
              "only BANDITNET, POXM_PRUNE and POXM_SIS have a translation: " + objective);
    };
  }

  /** Scores a minibatch with every learner, then trains each on it. */
  public void step(List<LoggedFeedback> minibatch) {
    for (int k = 0; k < trainers.size(); k++) {
      SoftmaxPolicy policy = new SoftmaxPolicy(trainers.get(k).parameters(), catalogue);
      for (LoggedFeedback feedback : minibatch) {
        if (feedback.propensity() != null) {
          values
              .get(k)
              .add(
                  ScoredFeedback.of(
                      policy.probability(feedback),
                      feedback.propensity().value(),
                      feedback.reward()));
        }
      }
      trainers.get(k).step(minibatch);
    }
  }

  /** Held-out SNIPS by translation; NaN where there is none yet. */
  public Map<Double, Double> values() {
    Map<Double, Double> all = new TreeMap<>();
    for (int k = 0; k < translations.length; k++) {
      all.put(translations[k], value(k));
    }
    return all;
  }

  private double value(int k) {
    return values.get(k).estimate().value().orElse(Double.NaN);
  }

  /** The best translation so far. */
  public double translation() {
    return translations[bestIndex()];
  }

  /** The learner of the best translation so far. */
  public MinibatchTrainer best() {
    return trainers.get(bestIndex());
  }

  private int bestIndex() {
    int best = 0;
    for (int k = 1; k < translations.length; k++) {
      if (value(k) > value(best) || Double.isNaN(value(best))) {
        best = k;
      }
    }
    return best;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    for (int k = 0; k < trainers.size(); k++) {
      trainers.get(k).write(out);
      values.get(k).write(out);
    }
  }

  /** Reads what {@link #write} of a scan with the same settings wrote. */
  public void read(DataInput in) throws IOException {
    for (int k = 0; k < trainers.size(); k++) {
      trainers.get(k).read(in);
      values.get(k).read(in);
    }
  }
}
