package hindcast.propensity;

import hindcast.numeric.ForwardDecay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
 * <p>The prior mean m_a is the caller's: uniform, or what another of these over all segments says
 * ({@code posterior(a).mean()}): segment, then popularity, then uniform.
 *
 * <p>Items without events cost nothing. Counts lie in memory or wherever an {@link ItemCounts}
 * keeps them; an event reads and writes one of them. Only when the reference of the decay moves,
 * every 64 half-lives at most, is each count scaled, and dropped below 2^-64. {@code alpha = K, m =
 * 1 / K}, no decay, is add-one smoothing over K items. When one stream mixes serving policies, keep
 * one instance for each.
 */
public final class DirichletPropensity {
  private static final int FORMAT = 1;
  private static final double SMALLEST_PRIOR = 1e-100;
  private static final double FORGOTTEN = 0x1p-64;

  private final double priorStrength;
  private final ForwardDecay decay;
  private final ItemCounts counts;
  private double total;

  /**
   * @param halfLifeMicros H, a whole number of microseconds, or infinity for no decay
   * @param priorStrength alpha, above 0: how many events the prior is worth
   */
  public DirichletPropensity(double halfLifeMicros, double priorStrength) {
    this(halfLifeMicros, priorStrength, new HashedCounts());
  }

  /**
   * @param counts where the counts are kept; their sum and the decay are state of this object, see
   *     {@link #readTotals}
   */
  public DirichletPropensity(double halfLifeMicros, double priorStrength, ItemCounts counts) {
    if (!(priorStrength > 0 && priorStrength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "prior strength must be finite and above 0: " + priorStrength);
    }
    this.decay = new ForwardDecay(halfLifeMicros);
    this.priorStrength = priorStrength;
    this.counts = counts;
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
    double concentration = prior + counts.get(item) * factor;
    double sum = priorStrength + total * factor;
    return new DirichletPosterior(Math.min(concentration, sum), sum);
  }

  /** Counts an event. */
  public void update(String item, long timeMicros) {
    update(item, timeMicros, 1);
  }

  /**
   * Counts events of the same item and time.
   *
   * @param events how many, at least 1
   */
  public void update(String item, long timeMicros, long events) {
    if (events < 1) {
      throw new IllegalArgumentException("events must be at least 1: " + events);
    }
    int shift = decay.advance(timeMicros);
    if (shift > 0) {
      total = Math.scalb(total, -shift);
      scale(shift);
    }
    double weight = events * decay.weight(timeMicros);
    counts.set(item, counts.get(item) + weight);
    total += weight;
  }

  private void scale(int shift) {
    List<Map.Entry<String, Double>> entries = new ArrayList<>();
    counts.forEach((item, count) -> entries.add(Map.entry(item, Math.scalb(count, -shift))));
    for (Map.Entry<String, Double> entry : entries) {
      if (entry.getValue() < FORGOTTEN) {
        counts.remove(entry.getKey());
      } else {
        counts.set(entry.getKey(), entry.getValue());
      }
    }
  }

  /** Decayed count n_a of an item. */
  public double count(String item, long timeMicros) {
    return counts.get(item) * decay.factor(timeMicros);
  }

  /** How many items have a count. */
  public int items() {
    int[] items = new int[1];
    counts.forEach((item, count) -> items[0]++);
    return items[0];
  }

  /** Writes the sum of the counts and the decay, without settings and counts. */
  public void writeTotals(DataOutput out) throws IOException {
    decay.write(out);
    out.writeDouble(total);
  }

  /** Reads what {@link #writeTotals} wrote. */
  public void readTotals(DataInput in) throws IOException {
    decay.read(in);
    total = in.readDouble();
  }

  /** Writes settings and state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeDouble(decay.halfLifeMicros());
    out.writeDouble(priorStrength);
    writeTotals(out);
    Map<String, Double> sorted = new TreeMap<>();
    counts.forEach(sorted::put);
    out.writeInt(sorted.size());
    for (Map.Entry<String, Double> count : sorted.entrySet()) {
      out.writeUTF(count.getKey());
      out.writeDouble(count.getValue());
    }
  }

  /** Reads settings and state that {@link #write} wrote. */
  public static DirichletPropensity read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("propensity state must have format " + FORMAT + ": " + format);
    }
    DirichletPropensity propensity = new DirichletPropensity(in.readDouble(), in.readDouble());
    propensity.readTotals(in);
    for (int k = in.readInt(); k > 0; k--) {
      propensity.counts.set(in.readUTF(), in.readDouble());
    }
    return propensity;
  }
}
