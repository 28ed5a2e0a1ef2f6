package hindcast.reward;

/** Every reward model: formula, whether states merge, source. */
public enum RewardModelMethod {
  /** {@link MeanRewardModel}. */
  MEAN(
      MeanRewardModel.class,
      "q_sa = (sum r + k q_a) / (n_sa + k), q_a = (sum r + k rbar) / (n_a + k), decayed sums",
      true,
      "shrunken means"),
  /** {@link BilinearRewardModel}. */
  RIDGE(BilinearRewardModel.class, "q = x^T Psi beta_a, squared loss", false, "Dudik et al. 2011"),
  /** {@link BilinearRewardModel}. */
  LOGISTIC(
      BilinearRewardModel.class,
      "q = sigmoid(x^T Psi beta_a), logistic loss",
      false,
      "Dudik et al. 2011"),
  /** {@link TwoStepRegression}. */
  TWO_STEP(
      TwoStepRegression.class,
      "f = g(x, c(a)) + h(x, a), h from pairs within clusters, then g",
      false,
      "Saito et al. 2025");

  private final Class<?> type;
  private final String formula;
  private final boolean mergeable;
  private final String source;

  RewardModelMethod(Class<?> type, String formula, boolean mergeable, String source) {
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
