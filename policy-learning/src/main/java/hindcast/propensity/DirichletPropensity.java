package hindcast.propensity;

import hindcast.numeric.ForwardDecay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Estimate of a logging policy in one segment from the items it showed.
 *
 * <p>Dirichlet-multinomial with decayed counts n_a (half-life H) and a prior {@code alpha m_a} that
 * does not decay, {@code A = sum n + alpha}:
 *
 * <pre>
 * p = (n_a + alpha m_a) / A
 * U = sqrt(trigamma(n_a + alpha m_a) - trigamma(A))     exact sd of log p
 * </pre>
 *
 * <p>Predict, then update: an event is scored by the state before it. Counting the event itself
 * would bound each weight by its count and hide items that were hardly ever shown.
 *
 * <p>Items without events cost nothing. {@code alpha = K, m = 1 / K}, no decay, is add-one
 * smoothing over K items. When one stream mixes serving policies, keep one instance for each.
 */
public final class DirichletPropensity {
  private static final int FORMAT = 1;
  private static final double SMALLEST_PRIOR = 1e-100;
  private static final double FORGOTTEN = 0x1p-64;

  private final double priorStrength;
  private final ForwardDecay decay;
  private final Map<String, double[]> counts = new HashMap<>();
  private double total;

  /**
   * @param halfLifeMicros H, a whole number of microseconds, or infinity for no decay
   * @param priorStrength alpha, above 0: how many events the prior is worth
   */
  public DirichletPropensity(double halfLifeMicros, double priorStrength) {
    if (!(priorStrength > 0 && priorStrength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "prior strength must be finite and above 0: " + priorStrength);
    }
    this.decay = new ForwardDecay(halfLifeMicros);
    this.priorStrength = priorStrength;
  }

  /**
   * The estimate for an item from earlier events.
   *
   * @param priorMean m_a in (0, 1], for example 1 / (number of items)
   * @param timeMicros time of the event to score
   */
  public Propensity predict(String item, double priorMean, long timeMicros) {
    DirichletPosterior posterior = posterior(item, priorMean, timeMicros);
    return new Propensity(posterior.mean(), posterior.logSd(), Propensity.Source.ESTIMATED);
  }

  /** The whole posterior of an item's probability. */
  public DirichletPosterior posterior(String item, double priorMean, long timeMicros) {
    double prior = priorStrength * priorMean;
    if (!(priorMean <= 1 && prior >= SMALLEST_PRIOR)) {
      throw new IllegalArgumentException(
          "prior mean must be in (0, 1] and not vanish: " + priorMean + " (item " + item + ")");
    }
    double factor = decay.factor(timeMicros);
    double[] count = counts.get(item);
    double concentration = prior + (count == null ? 0 : count[0] * factor);
    double sum = priorStrength + total * factor;
    return new DirichletPosterior(Math.min(concentration, sum), sum);
  }

  /** Counts an event. */
  public void update(String item, long timeMicros) {
    int shift = decay.advance(timeMicros);
    if (shift > 0) {
      total = Math.scalb(total, -shift);
      counts.values().forEach(count -> count[0] = Math.scalb(count[0], -shift));
      counts.values().removeIf(count -> count[0] < FORGOTTEN);
    }
    double weight = decay.weight(timeMicros);
    counts.computeIfAbsent(item, unseen -> new double[1])[0] += weight;
    total += weight;
  }

  /** Decayed count n_a of an item. */
  public double count(String item, long timeMicros) {
    double[] count = counts.get(item);
    return count == null ? 0 : count[0] * decay.factor(timeMicros);
  }

  /** How many items have a count. */
  public int items() {
    return counts.size();
  }

  /** Writes settings and state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeDouble(decay.halfLifeMicros());
    out.writeDouble(priorStrength);
    decay.write(out);
    out.writeDouble(total);
    out.writeInt(counts.size());
    for (Map.Entry<String, double[]> count : new TreeMap<>(counts).entrySet()) {
      out.writeUTF(count.getKey());
      out.writeDouble(count.getValue()[0]);
    }
  }

  /** Reads settings and state that {@link #write} wrote. */
  public static DirichletPropensity read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("propensity state must have format " + FORMAT + ": " + format);
    }
    DirichletPropensity propensity = new DirichletPropensity(in.readDouble(), in.readDouble());
    propensity.decay.read(in);
    propensity.total = in.readDouble();
    for (int k = in.readInt(); k > 0; k--) {
      propensity.counts.put(in.readUTF(), new double[] {in.readDouble()});
    }
    return propensity;
  }
}
