package hindcast.propensity;

import hindcast.numeric.CounterBasedRandom;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Estimate of a logging policy from contexts and the items it showed, by a {@link
 * SoftmaxPropensity} or a {@link TwoTowerPropensity} over items by name.
 *
 * <ul>
 *   <li>Items take the P rows in the order they are first met; one more than P adds a row.
 *   <li>Contexts are scaled to length 1, so that a learning rate means the same in every unit; U
 *       depends on the direction alone anyway.
 *   <li>A context of another dimension than the first says nothing: its estimate is 1 / P with U =
 *       ln P, and nothing is learned from it.
 *   <li>With a half-life H, {@link #advance} lets M fade by {@code 2^-(t - t') / H}; weights follow
 *       by learning.
 *   <li>Two-tower rows begin at {@code E_ak = N(0, 1) / 10}, drawn by place, with omega = 1, b = 0.
 * </ul>
 *
 * <p>Size: P d + 2 P d^2 numbers (softmax) or P (d + 1) + d + 2 d^2 (two towers), refused above
 * {@value #LARGEST}.
 */
public final class ContextualPropensity {
  /** Largest size of a state, in numbers. */
  public static final long LARGEST = 1 << 24;

  private static final int FORMAT = 1;
  private static final long ROWS = 0x70726f70L;
  private static final double START = 0.1;

  private final PropensityMethod model;
  private final int dimension;
  private final double learningRate;
  private final double halfLifeMicros;
  private final ContextualHead head;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private long advancedMicros = Long.MIN_VALUE;

  /**
   * @param model {@link PropensityMethod#SOFTMAX} or {@link PropensityMethod#TWO_TOWER}
   * @param dimension d
   * @param actions P
   * @param learningRate step of the stochastic gradient, above 0
   * @param halfLifeMicros H in microseconds, infinite for none
   */
  public ContextualPropensity(
      PropensityMethod model,
      int dimension,
      int actions,
      double learningRate,
      double halfLifeMicros) {
    if (!(halfLifeMicros > 0)) {
      throw new IllegalArgumentException("half-life must be above 0: " + halfLifeMicros);
    }
    this.model = model;
    this.dimension = dimension;
    this.learningRate = learningRate;
    this.halfLifeMicros = halfLifeMicros;
    this.head = head(model, dimension, actions, learningRate);
  }

  private static ContextualHead head(
      PropensityMethod model, int dimension, int actions, double learningRate) {
    requireSize(model, dimension, actions);
    if (model == PropensityMethod.SOFTMAX) {
      return new SoftmaxPropensity(dimension, actions, learningRate);
    }
    double[][] items = new double[actions][];
    for (int a = 0; a < actions; a++) {
      items[a] = row(model, dimension, a);
    }
    double[] omega = new double[dimension];
    Arrays.fill(omega, 1);
    return new TwoTowerPropensity(items, new double[actions], omega, learningRate);
  }

  private static void requireSize(PropensityMethod model, long dimension, long actions) {
    if (model != PropensityMethod.SOFTMAX && model != PropensityMethod.TWO_TOWER) {
      throw new IllegalArgumentException("model must be SOFTMAX or TWO_TOWER: " + model);
    }
    double square = 2.0 * dimension * dimension;
    double size =
        model == PropensityMethod.SOFTMAX
            ? actions * (dimension + square)
            : actions * (dimension + 1.0) + dimension + square;
    if (size > LARGEST) {
      throw new IllegalArgumentException(
          "the state of a "
              + model
              + " logging policy must be at most "
              + LARGEST
              + " numbers: "
              + (long) size
              + " for "
              + actions
              + " actions and "
              + dimension
              + " features; use the model DIRICHLET");
    }
  }

  private static double[] row(PropensityMethod model, int dimension, int place) {
    double[] row = new double[dimension];
    if (model == PropensityMethod.TWO_TOWER) {
      for (int k = 0; k < dimension; k++) {
        row[k] = START * CounterBasedRandom.gaussian(ROWS, (long) place * dimension + k);
      }
    }
    return row;
  }

  /** Which model it is. */
  public PropensityMethod model() {
    return model;
  }

  /** The estimate for an item from earlier events. */
  public Propensity predict(String item, double[] context) {
    if (context.length != dimension) {
      double actions = head.actions();
      return new Propensity(1 / actions, Math.log(actions), Propensity.Source.ESTIMATED);
    }
    return head.predict(unit(context), place(item));
  }

  /** Learns from one shown item; a context of another dimension teaches nothing. */
  public void update(String item, double[] context) {
    if (context.length == dimension) {
      head.update(unit(context), place(item));
    }
  }

  /** Lets the uncertainty fade from the latest time it was told to this one. */
  public void advance(long timeMicros) {
    if (advancedMicros != Long.MIN_VALUE && timeMicros > advancedMicros) {
      double kept = Math.pow(2, -(timeMicros - advancedMicros) / halfLifeMicros);
      if (kept < 1) {
        head.forget(kept);
      }
    }
    advancedMicros = Math.max(advancedMicros, timeMicros);
  }

  /** How many items it met. */
  public int items() {
    return places.size();
  }

  private int place(String item) {
    Integer place = places.get(item);
    if (place == null) {
      place = places.size();
      places.put(item, place);
      if (place == head.actions()) {
        requireSize(model, dimension, place + 1L);
        head.grow(row(model, dimension, place));
      }
    }
    return place;
  }

  private static double[] unit(double[] x) {
    double norm = 0;
    for (double feature : x) {
      norm += feature * feature;
    }
    double scale = norm == 0 ? 0 : 1 / Math.sqrt(norm);
    double[] unit = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      unit[k] = x[k] * scale;
    }
    return unit;
  }

  /** Writes settings and state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeUTF(model.name());
    out.writeInt(dimension);
    out.writeInt(head.actions());
    out.writeDouble(learningRate);
    out.writeDouble(halfLifeMicros);
    out.writeLong(advancedMicros);
    out.writeInt(places.size());
    for (String item : places.keySet()) {
      out.writeUTF(item);
    }
    head.write(out);
  }

  /** Reads settings and state that {@link #write} wrote. */
  public static ContextualPropensity read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("propensity state must have format " + FORMAT + ": " + format);
    }
    ContextualPropensity propensity =
        new ContextualPropensity(
            PropensityMethod.valueOf(in.readUTF()),
            in.readInt(),
            in.readInt(),
            in.readDouble(),
            in.readDouble());
    propensity.advancedMicros = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      propensity.places.put(in.readUTF(), propensity.places.size());
    }
    propensity.head.read(in);
    return propensity;
  }
}
