package hindcast.criterion;

import java.util.Locale;

/** Every criterion of a total payoff Z ~ Normal(μ, σ²): name, formula, source. */
public enum CriterionMethod {
  /** {@link Mean}. */
  MEAN(Mean.class, "G = mu", "aggregate criterion"),
  /** {@link Threshold}. */
  THRESHOLD(Threshold.class, "G = Phi((mu - b) / sigma)", "aggregate criterion"),
  /** {@link LogThreshold}. */
  LOG_THRESHOLD(LogThreshold.class, "G = ln Phi((mu - b) / sigma)", "aggregate criterion"),
  /** {@link Cara}. */
  CARA(Cara.class, "G = (1 - exp(-k mu + k^2 sigma^2 / 2)) / k", "aggregate criterion"),
  /** {@link MeanVariance}. */
  MEAN_VARIANCE(MeanVariance.class, "G = mu - k sigma^2 / 2", "aggregate criterion"),
  /** {@link ConditionalValueAtRisk}. */
  CVAR(ConditionalValueAtRisk.class, "G = mu - sigma phi(z_alpha) / alpha", "aggregate criterion"),
  /** {@link LogDelta}. */
  LOG_DELTA(LogDelta.class, "G = ln mu - sigma^2 / (2 mu^2)", "aggregate criterion"),
  /** {@link PowerDelta}. */
  POWER_DELTA(
      PowerDelta.class,
      "G = mu^(1 - g) / (1 - g) - g sigma^2 mu^(-g - 1) / 2",
      "aggregate criterion"),
  /** {@link FlooredLog}. */
  LOG_QUAD(
      FlooredLog.class,
      "G = E[ln Z], its tangent below c, by Gauss-Hermite quadrature",
      "aggregate criterion"),
  /** {@link AbTest}. */
  UPLIFT_PROBABILITY(
      AbTest.class, "Phi(mu / sigma), y = (w - 1 - uplift) r, N events", "aggregate criterion");

  private final Class<?> type;
  private final String formula;
  private final String source;

  CriterionMethod(Class<?> type, String formula, String source) {
    this.type = type;
    this.formula = formula;
    this.source = source;
  }

  /** The name, as {@link Criterion#name()}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class that is it. */
  public Class<?> type() {
    return type;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /** The paper. */
  public String source() {
    return source;
  }
}
