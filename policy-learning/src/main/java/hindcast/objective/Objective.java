package hindcast.objective;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What learning maximises, as a coefficient for each event of a minibatch:
 *
 * <pre>
 *   gradient(Θ) = Σ_i c_i x_i ⊗ v_i  [ + (1/n) Σ_i x_i ⊗ Cov_π(q_i, β) ]  − λ₂ Θ
 * </pre>
 *
 * v_i the direction of the objective's {@link Shape}, the covariance only for objectives with a
 * model term. Objectives are pure functions of the minibatch.
 *
 * <p>{@code value} need not be an estimate of a policy's value; {@code trueGradient} says whether
 * the coefficients are the derivative of it or hold weights constant (stop-gradient).
 */
public sealed interface Objective
    permits MeanObjective, Snips, Poem, MinVar, StableVar, MinVarDr, PoxmSis, Aggregate {

  /** The name, as in configuration and reports. */
  String name();

  /** The parameters by name. */
  default Map<String, Double> parameters() {
    return Map.of();
  }

  /** The fields it needs of every event. */
  Set<Field> needs();

  /** What the log probabilities speak of. */
  default Shape shape() {
    return Shape.ITEM;
  }

  /** Whether the gradient has the covariance of the reward model. */
  default boolean hasModelTerm() {
    return false;
  }

  /** The weight of the policy's entropy in the value; 0 for most. */
  default double entropyWeight() {
    return 0;
  }

  /**
   * Whether events without reward have coefficient 0 and do not enter sums over the minibatch, so
   * that their softmax need not be computed.
   */
  default boolean ignoresUnrewarded() {
    return false;
  }

  /** Whether the coefficients are the derivative of the value. */
  default boolean trueGradient() {
    return true;
  }

  /** The value over a minibatch of at least one event, without the L2 term. */
  double value(ScoredMinibatch batch);

  /** Writes c, one for each event. */
  void coefficients(ScoredMinibatch batch, double[] c);

  /** The objective of a name, upper or lower case; parameters left out take their defaults. */
  static Objective of(String name, Map<String, Double> parameters) {
    return ObjectiveMethod.of(name).create(parameters);
  }

  /** Every name. */
  static List<String> names() {
    return Arrays.stream(ObjectiveMethod.values()).map(Enum::name).toList();
  }

  /** A set of fields. */
  static Set<Field> fields(Field... fields) {
    Set<Field> set = EnumSet.noneOf(Field.class);
    set.addAll(List.of(fields));
    return set;
  }
}
