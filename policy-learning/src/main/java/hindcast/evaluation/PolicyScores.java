package hindcast.evaluation;

import java.util.Arrays;

/**
 * What a {@link PolicyScorer} says of a minibatch, by event i and form k:
 *
 * <ul>
 *   <li>π(a|x), in [0, 1];
 *   <li>the relative bias of that number, Var(Ẑ) / Z² where Z was estimated (E[1/Ẑ] exceeds 1/Z by
 *       that share, to first order), 0 where the sum ran over the whole catalogue;
 *   <li>the mass of the policy on items that are newer than its log, where it was measured.
 * </ul>
 *
 * <p>An event is undefined until a probability of it is set. Reused from minibatch to minibatch.
 */
public final class PolicyScores {
  private final int forms;
  private int events;
  private boolean[] defined = new boolean[0];
  private double[] probability = new double[0];
  private double[] relativeBias = new double[0];
  private double[] newItemMass = new double[0];

  /** Scores of a policy with so many forms, at least 1. */
  public PolicyScores(int forms) {
    if (forms < 1) {
      throw new IllegalArgumentException("a policy needs at least one form: " + forms);
    }
    this.forms = forms;
  }

  /** Makes room for a minibatch; every event is undefined. */
  public void reset(int minibatchSize) {
    events = minibatchSize;
    if (defined.length < events) {
      defined = new boolean[events];
      probability = new double[events * forms];
      relativeBias = new double[events * forms];
      newItemMass = new double[events * forms];
    }
    Arrays.fill(defined, 0, events, false);
    Arrays.fill(relativeBias, 0, events * forms, 0);
    Arrays.fill(newItemMass, 0, events * forms, Double.NaN);
  }

  /** Takes over what a part of the minibatch, whose first event is {@code at}, was scored. */
  void take(PolicyScores part, int at) {
    System.arraycopy(part.defined, 0, defined, at, part.events);
    int numbers = part.events * forms;
    System.arraycopy(part.probability, 0, probability, at * forms, numbers);
    System.arraycopy(part.relativeBias, 0, relativeBias, at * forms, numbers);
    System.arraycopy(part.newItemMass, 0, newItemMass, at * forms, numbers);
  }

  /** Sets π(a|x) of an event under a form; what exceeds 1 by rounding is cut to 1. */
  public void set(int event, int form, double pi) {
    if (!(pi >= 0 && pi <= 1 + 1e-6)) {
      throw new IllegalArgumentException("policy probability must be in [0, 1]: " + pi);
    }
    defined[event] = true;
    probability[event * forms + form] = Math.min(1, pi);
  }

  /** Sets the relative bias of π(a|x), at least 0. */
  public void setRelativeBias(int event, int form, double bias) {
    if (!(bias >= 0)) {
      throw new IllegalArgumentException("relative bias must be at least 0: " + bias);
    }
    relativeBias[event * forms + form] = bias;
  }

  /** Sets the mass on items newer than the policy's log, in [0, 1]. */
  public void setNewItemMass(int event, int form, double mass) {
    if (!(mass >= 0 && mass <= 1 + 1e-6)) {
      throw new IllegalArgumentException("mass on new items must be in [0, 1]: " + mass);
    }
    newItemMass[event * forms + form] = Math.min(1, mass);
  }

  /** Number of events. */
  public int events() {
    return events;
  }

  /** Number of forms. */
  public int forms() {
    return forms;
  }

  /** Whether the policy is defined on an event. */
  public boolean isDefined(int event) {
    return defined[event];
  }

  /** π(a|x). */
  public double probability(int event, int form) {
    return probability[event * forms + form];
  }

  /** The relative bias of π(a|x); 0 where it is exact. */
  public double relativeBias(int event, int form) {
    return relativeBias[event * forms + form];
  }

  /** The mass on new items; NaN where it was not measured. */
  public double newItemMass(int event, int form) {
    return newItemMass[event * forms + form];
  }
}
