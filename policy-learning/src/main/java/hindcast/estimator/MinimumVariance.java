package hindcast.estimator;

/**
 * Variance-minimising weights: {@code sum h w r / sum h}.
 *
 * <table>
 * <caption>h by name</caption>
 * <tr><td>{@code MINVAR_EVENT}</td><td>1 / max(w, floor)</td></tr>
 * <tr><td>{@code STABLEVAR_EVENT}</td><td>max(w, floor)^(-1/2)</td></tr>
 * <tr><td>{@code MINVAR_CONTEXT}</td><td>1 / max(V(x), floor)</td></tr>
 * <tr><td>{@code STABLEVAR_CONTEXT}</td><td>max(V(x), floor)^(-1/2)</td></tr>
 * </table>
 *
 * <p>{@code V(x) = sum_a pi^2 / pi0}. The EVENT forms estimate something else than the value of the
 * policy, about {@code mean(r) / mean(1/w)}, which tends to 0 for a sharp policy; they are learning
 * objectives of the UIPS paper. The floor keeps one event with pi near 0 from stopping everything.
 *
 * <p>Zhan, Hadad, Hirshberg, Athey, Off-Policy Evaluation via Adaptive Weighting with Data from
 * Contextual Bandits, KDD 2021.
 */
public final class MinimumVariance extends WeightedMeanEstimator {
  private final double floor;
  private final boolean context;
  private final boolean stable;

  MinimumVariance(EstimatorSpec spec) {
    super(spec);
    floor = spec.parameter("floor");
    context =
        spec.method() == EstimatorMethod.MINVAR_CONTEXT
            || spec.method() == EstimatorMethod.STABLEVAR_CONTEXT;
    stable =
        spec.method() == EstimatorMethod.STABLEVAR_EVENT
            || spec.method() == EstimatorMethod.STABLEVAR_CONTEXT;
  }

  @Override
  double eventWeight(ScoredFeedback f) {
    double v = Math.max(context ? f.weightSecondMoment() : f.weight(), floor);
    return 1 / (stable ? Math.sqrt(v) : v);
  }

  @Override
  double weightedTerm(ScoredFeedback f) {
    return eventWeight(f) * f.weight() * f.reward();
  }
}
