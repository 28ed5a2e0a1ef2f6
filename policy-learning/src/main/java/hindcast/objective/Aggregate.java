package hindcast.objective;

import hindcast.criterion.Criterion;
import hindcast.criterion.Derivatives;
import hindcast.criterion.PayoffMoments;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A non-linear criterion of the total payoff of N future events, y = (w − c) r each.
 *
 * <pre>
 *   μ = N mean(y)      σ² = N mean(y²)  (Poisson)   or   N (mean(y²) − mean(y)²)  (fixed)
 *   value = G(μ, σ²)   c_i = (N/n) (G_μ + 2 G_σ² (y_i − ȳ)) w_i r_i      (ȳ = 0 for Poisson)
 * </pre>
 *
 * <p>c = 0 is the paper; c = 1 + u makes the total the excess over (1 + u) times the logging
 * policy, to be compared with the bar 0. With the criterion {@code mean} it is N times IPS. Where
 * the criterion is not defined (no reward in the minibatch, say) c is 0.
 *
 * <p>Source: aggregate-criterion paper, Algorithm 1 as reconstructed; methods 6.
 *
 * @param criterion G
 * @param count how the number of events varies
 * @param events N, above 0; 0 for the size of the minibatch
 * @param base c of the payoff, at least 0
 * @param rate how fast the moments follow the minibatches, in (0, 1]; 1 for each minibatch alone
 */
public record Aggregate(Criterion criterion, Count count, double events, double base, double rate)
    implements Objective {

  /** How the number of future events varies. */
  public enum Count {
    /** A Poisson number with mean N. */
    POISSON,
    /** Exactly N. */
    FIXED
  }

  public Aggregate {
    if (!(events >= 0 && events < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("N must be finite and at least 0: " + events);
    }
    if (!(base >= 0)) {
      throw new IllegalArgumentException("cbase must be at least 0: " + base);
    }
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate must be in (0, 1]: " + rate);
    }
  }

  @Override
  public String name() {
    return "AGG_" + criterion.name().toUpperCase(java.util.Locale.ROOT);
  }

  @Override
  public Map<String, Double> parameters() {
    Map<String, Double> all = new TreeMap<>(criterion.parameters());
    all.put("N", events);
    all.put("cbase", base);
    all.put("fixed", count == Count.FIXED ? 1.0 : 0.0);
    all.put("rate", rate);
    return all;
  }

  @Override
  public Set<Field> needs() {
    return Objective.fields(Field.PROPENSITY);
  }

  @Override
  public boolean ignoresUnrewarded() {
    return true;
  }

  /** Averages for a stream of minibatches. */
  public PayoffMoments newMoments() {
    return new PayoffMoments(rate);
  }

  @Override
  public double value(ScoredMinibatch batch) {
    return at(momentsOf(batch), batch.size()).value();
  }

  @Override
  public void coefficients(ScoredMinibatch batch, double[] c) {
    coefficients(batch, momentsOf(batch), c);
  }

  /** Adds a minibatch to averages over several. */
  public void addTo(PayoffMoments moments, ScoredMinibatch batch) {
    double sum = 0;
    double sumOfSquares = 0;
    for (int i = 0; i < batch.size(); i++) {
      double y = payoff(batch, i);
      sum += y;
      sumOfSquares += y * y;
    }
    moments.add(sum / batch.size(), sumOfSquares / batch.size());
  }

  /** Writes c for given moments of y, which may come from several minibatches. */
  public void coefficients(ScoredMinibatch batch, PayoffMoments moments, double[] c) {
    Derivatives g = at(moments, batch.size());
    double horizon = horizon(batch.size());
    double center = count == Count.FIXED ? moments.mean() : 0;
    for (int i = 0; i < batch.size(); i++) {
      double slope = g.mean() + 2 * g.variance() * (payoff(batch, i) - center);
      c[i] = horizon / batch.size() * slope * batch.weight(i) * batch.reward(i);
    }
  }

  private PayoffMoments momentsOf(ScoredMinibatch batch) {
    PayoffMoments moments = new PayoffMoments(1);
    addTo(moments, batch);
    return moments;
  }

  private Derivatives at(PayoffMoments moments, int batchSize) {
    double horizon = horizon(batchSize);
    double square = count == Count.FIXED ? moments.mean() * moments.mean() : 0;
    double variance = Math.max(0, moments.meanOfSquares() - square);
    try {
      return criterion.at(horizon * moments.mean(), horizon * variance);
    } catch (ArithmeticException undefined) {
      return new Derivatives(0, 0, 0);
    }
  }

  private double payoff(ScoredMinibatch batch, int i) {
    return (batch.weight(i) - base) * batch.reward(i);
  }

  private double horizon(int batchSize) {
    return events == 0 ? batchSize : events;
  }
}
