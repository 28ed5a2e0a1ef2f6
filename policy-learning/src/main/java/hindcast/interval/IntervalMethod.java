package hindcast.interval;

/** Every interval and test: what it is for, its formula, when it holds, whether states merge. */
public enum IntervalMethod {
  /** {@link NormalInterval}. */
  NORMAL("value +- z se", Validity.LARGE_SAMPLE, true, "central limit theorem"),
  /** {@link EmpiricalBernstein}. */
  EMPIRICAL_BERNSTEIN(
      "mean +- (sqrt(2 v l / n) + 7 B l / (3 (n - 1))), l = ln(2 / alpha)",
      Validity.FIXED_TIME,
      true,
      "Maurer and Pontil 2009"),
  /** {@link LogarithmicSmoothingBound}. */
  LS_BOUND(
      "(exp(mean(log(1 + lambda w r)) - ln(1 / delta) / n) - 1) / lambda",
      Validity.ANYTIME,
      true,
      "Sakhi et al. 2024"),
  /** {@link ImplicitExplorationBound}. */
  IX_BOUND(
      "mean(pi r / (p + gamma)) - ln(1 / delta) / (2 gamma n)",
      Validity.FIXED_TIME,
      true,
      "Gabbianelli et al. 2024"),
  /** {@link MixtureSequence}, the default of {@link ValueSequence}. */
  MIXTURE_SEQUENCE(
      "root m of logW(m) = ln(1 / alpha), W the gamma-exponential mixture over bets on sum X - t m",
      Validity.ANYTIME,
      false,
      "Howard et al. 2021, Proposition 9"),
  /** {@link PlugInSequence}. */
  PLUG_IN_SEQUENCE(
      "(sum lam X - ln(1 / alpha) - sum psi (X - xhat)^2) / sum lam",
      Validity.ANYTIME,
      false,
      "Waudby-Smith and Ramdas 2024"),
  /** {@link DifferenceSequence}. */
  DIFFERENCE_SEQUENCE(
      "[2 L_X - 1, 1 - 2 L_Y], X = (1 + (w - 1) r) / 2, Y = (1 + (w - 1)(1 - r)) / 2",
      Validity.ANYTIME,
      false,
      "own pairing; sequences of Howard et al. 2021"),
  /** {@link BettingTest}. */
  BETTING_TEST(
      "sum ln(1 + lam (X - m0)) >= ln(1 / alpha)",
      Validity.ANYTIME,
      false,
      "Waudby-Smith and Ramdas 2024"),
  /** {@link ChangeDetector}. */
  E_CUSUM(
      "max(logM, 0) + ln(1 + lam (X - m0)) >= ln(1 / alpha)",
      Validity.RUN_LENGTH,
      false,
      "Shin, Ramdas and Rinaldo 2024"),
  /** {@link FalseDiscovery#benjaminiHochberg}. */
  BENJAMINI_HOCHBERG(
      "reject the k smallest, p_(k) <= q k / N",
      Validity.FIXED_TIME,
      false,
      "Benjamini and Hochberg 1995"),
  /** {@link FalseDiscovery#eBenjaminiHochberg}. */
  E_BENJAMINI_HOCHBERG(
      "reject the k largest, e_(k) >= N / (q k)", Validity.ANYTIME, false, "Wang and Ramdas 2022"),
  /** {@link AlphaSpending}. */
  ALPHA_SPENDING(
      "alpha / N for N tests, 6 alpha / (pi^2 k^2) for the k-th version ever opened",
      Validity.ANYTIME,
      false,
      "Bonferroni 1936");

  /** When the stated level holds. */
  public enum Validity {
    /** In the limit of many effective samples, at one fixed time. */
    LARGE_SAMPLE,
    /** For every n, at one fixed time. */
    FIXED_TIME,
    /** At all times at once. */
    ANYTIME,
    /** As a mean time between false alarms. */
    RUN_LENGTH
  }

  private final String formula;
  private final Validity validity;
  private final boolean mergeable;
  private final String source;

  IntervalMethod(String formula, Validity validity, boolean mergeable, String source) {
    this.formula = formula;
    this.validity = validity;
    this.mergeable = mergeable;
    this.source = source;
  }

  /** The formula in a line. */
  public String formula() {
    return formula;
  }

  /** When the stated level holds. */
  public Validity validity() {
    return validity;
  }

  /** Whether states of parts of a stream merge; order-dependent ones do not. */
  public boolean mergeable() {
    return mergeable;
  }

  /** The paper. */
  public String source() {
    return source;
  }
}
