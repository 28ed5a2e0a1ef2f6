package hindcast.estimator;

/** What goes around any estimator, or beside it: formula, whether states merge, source. */
public enum EstimatorForm {
  /** {@link PairedDifference}. */
  PAIRED_DIFFERENCE(
      PairedDifference.class,
      "mean(y_a - y_b) on the same events, y of any mean-type estimator",
      true,
      "paired samples: Student 1908"),
  /** {@link DecayedEstimator}. */
  DECAYED(
      DecayedEstimator.class,
      "every sum with d = 2^(-(T - t) / H), second orders with d^2: V = sum(d y) / sum(d x)",
      true,
      "Cormode et al. 2009, forward decay"),
  /** {@link PoissonBootstrap}. */
  POISSON_BOOTSTRAP(
      PoissonBootstrap.class,
      "B replicates, each unit Poisson(1) times",
      true,
      "Efron 1979; Chamandy et al. 2012"),
  /** {@link WeightMoments#weightCheck}. */
  WEIGHT_CHECK(
      WeightMoments.class,
      "(mean(w) - 1) / se; ESS = sum(w)^2 / sum(w^2); largest weight and its share",
      true,
      "E[w] = 1; ESS after Kong 1992"),
  /** {@link SupportRule}. */
  SUPPORT_RULE(
      SupportRule.class,
      "(sum w r)^2 / sum (w r)^2 >= m, largest share of one event <= s",
      true,
      "own rule, on the effective sample size of w r");

  private final Class<?> type;
  private final String formula;
  private final boolean mergeable;
  private final String source;

  EstimatorForm(Class<?> type, String formula, boolean mergeable, String source) {
    this.type = type;
    this.formula = formula;
    this.mergeable = mergeable;
    this.source = source;
  }

  /** The class that is it. */
  public Class<?> type() {
    return type;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /** Whether states of parts of a stream merge. */
  public boolean mergeable() {
    return mergeable;
  }

  /** The paper. */
  public String source() {
    return source;
  }
}
