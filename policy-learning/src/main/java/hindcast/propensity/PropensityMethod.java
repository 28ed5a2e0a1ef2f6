package hindcast.propensity;

/** Everything said of the logging policy: formula, whether states merge, source. */
public enum PropensityMethod {
  /** {@link DirichletPropensity}. */
  DIRICHLET(
      DirichletPropensity.class,
      "p = (n_a + alpha m_a) / A, U = sqrt(trigamma(n_a + alpha m_a) - trigamma(A)), decayed counts",
      false,
      "Dirichlet-multinomial posterior"),
  /** {@link SoftmaxPropensity}. */
  SOFTMAX(
      SoftmaxPropensity.class,
      "p = softmax(W x), U_a = sqrt(v^T M_a^-1 v), v = x / (norm(x) sqrt(d))",
      false,
      "UIPS, Algorithm 1"),
  /** {@link TwoTowerPropensity}. */
  TWO_TOWER(
      TwoTowerPropensity.class,
      "p = softmax(omega . (h * E_a) + b_a), U_a = sqrt(g_a^T M^-1 g_a / L)",
      false,
      "UIPS A.3.2; Chen et al. 2019"),
  /** {@link PropensityAudit}. */
  AUDIT(
      PropensityAudit.class,
      "mean(1[a = k] / p) = 1 for every item k, as a z-score",
      true,
      "importance weights have mean 1"),
  /** {@link PropensityRowAudit}. */
  ROW_AUDIT(
      PropensityRowAudit.class,
      "sum(1[a = k]) = sum(pi0(k|x)) for every item k, as a z-score",
      true,
      "a mean of indicators");

  private final Class<?> type;
  private final String formula;
  private final boolean mergeable;
  private final String source;

  PropensityMethod(Class<?> type, String formula, boolean mergeable, String source) {
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
