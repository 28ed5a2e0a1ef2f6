package hindcast.gradient;

/** Every way of drawing items from a policy: formula and source. */
public enum SamplingMethod {
  /** {@link InverseCdfSampler}. */
  INVERSE_CDF(
      InverseCdfSampler.class, "first item whose cumulative probability exceeds u", "inversion"),
  /** {@link GumbelSampler}. */
  GUMBEL(GumbelSampler.class, "argmax_a f_a - ln(-ln u_a)", "Gumbel 1954"),
  /** {@link MixtureProposal}. */
  MIXTURE(
      MixtureProposal.class,
      "q(a) = eps / P + (1 - eps) kappa(a) 1[a in top K], stratified",
      "FOPO, Algorithm 1");

  private final Class<?> type;
  private final String formula;
  private final String source;

  SamplingMethod(Class<?> type, String formula, String source) {
    this.type = type;
    this.formula = formula;
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

  /** The paper. */
  public String source() {
    return source;
  }
}
