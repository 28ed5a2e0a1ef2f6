package hindcast.estimator;

/**
 * Selective importance sampling: {@code sum s w_Phi (r - lambda) / sum s}, {@code s = 1[a in Phi]},
 * {@code w_Phi = (pi(a) / pi(Phi)) / (p / pi0(Phi))}. Name: {@code POXM_SIS}.
 *
 * <p>Estimates the value of the policy restricted to the selected actions Phi(x), averaged over
 * contexts with weights proportional to pi0(Phi|x): another estimand than the value of the policy.
 * Not available when no event is selected. An event whose set has no mass under pi has weight 0.
 *
 * <p>Lopez, Dhillon, Jordan, Learning from eXtreme Bandit Feedback, AAAI 2021.
 */
public final class SelectedImportanceSampling extends WeightedMeanEstimator {
  private final double lambda;

  SelectedImportanceSampling(EstimatorSpec spec) {
    super(spec);
    lambda = spec.parameter("lambda");
  }

  @Override
  double eventWeight(ScoredFeedback f) {
    return f.selected() ? 1 : 0;
  }

  @Override
  double weightedTerm(ScoredFeedback f) {
    return f.selected() ? restrictedWeight(f) * (f.reward() - lambda) : 0;
  }

  /** {@code w_Phi}. */
  static double restrictedWeight(ScoredFeedback f) {
    double w = f.weight() * f.selectedLoggingMass();
    return w == 0 ? 0 : Math.min(w / f.selectedTargetMass(), ScoredFeedback.LARGEST_WEIGHT);
  }
}
