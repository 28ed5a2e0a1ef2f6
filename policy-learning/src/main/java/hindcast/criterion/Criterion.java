package hindcast.criterion;

import java.util.Map;

/**
 * What a decision maker wants of the total payoff Z of N future events: G = E[f(Z)] for Z ~
 * Normal(μ, σ²), with its derivatives.
 *
 * <p>Variances are at least 0. Where f has no meaning at (μ, σ²) (a logarithm of a total that is
 * not positive) an {@link ArithmeticException} says so.
 *
 * <p>Source: aggregate-criterion paper; methods 6.
 */
public sealed interface Criterion
    permits Mean,
        Threshold,
        LogThreshold,
        Cara,
        MeanVariance,
        ConditionalValueAtRisk,
        LogDelta,
        PowerDelta,
        FlooredLog {

  /** The name in configuration. */
  String name();

  /** The parameters by name. */
  Map<String, Double> parameters();

  /** G and its derivatives. */
  Derivatives at(double mean, double variance);
}
