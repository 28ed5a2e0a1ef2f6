package hindcast.gradient;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.feedback.Context;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * What a gradient needs of the softmax at one event, exactly or from a sample of the catalogue. In
 * the space of the items (an L-vector v; the gradient in Θ is x ⊗ v):
 *
 * <ul>
 *   <li>the score direction β_a − β̄ of the logged item, ∇ log π(a|x) = x ⊗ (β_a − β̄);
 *   <li>the covariance Cov_π(q, β) of any function q of the items, ∇ E_π[q] = x ⊗ Cov_π(q, β);
 *   <li>log π(a|x), log Z and the entropy.
 * </ul>
 *
 * <p>A workspace: {@link #fit} it to an event, read it, fit it to the next. Draws are a function of
 * the event's key. Not safe for use by several threads.
 */
public sealed interface ScoreGradient
    permits ExactScoreGradient,
        MixtureScoreGradient,
        HeadTailScoreGradient,
        InBatchScoreGradient,
        ReinforceScoreGradient {

  /** Takes note of the items logged in a minibatch whose events are going to be fitted. */
  default void begin(int[] items) {}

  /**
   * Prepares an event.
   *
   * @param theta Θ, row-major d x L
   * @param context x
   * @param item index of the logged item; one of the eligible ones
   * @param eligible item indexes, increasing; null for the whole catalogue
   * @param key key of the event's random numbers
   */
  void fit(double[] theta, Context context, int item, int[] eligible, long key);

  /** log π(a|x) of the logged item, at most 0. */
  double logProbability();

  /** log Z, or its estimate. */
  double logZ();

  /** −Σ π log π, or its estimate. */
  double entropy();

  /** Writes β_a − β̄. */
  void direction(double[] out);

  /** Writes Cov_π(q, β) and returns E_π[q]. */
  double covariance(ItemFunction q, double[] out);

  /** Writes what is kept beyond a minibatch; nothing for most. */
  default void write(DataOutput out) throws IOException {}

  /** Reads what {@link #write} wrote. */
  default void read(DataInput in) throws IOException {}

  /**
   * The gradient of a name.
   *
   * <ul>
   *   <li>{@code exact}
   *   <li>{@code mixture}: {@code topK} (256), {@code samples} (1000), {@code epsilon} (0.8)
   *   <li>{@code head-tail}: {@code topK} (256), {@code samples} (1000)
   *   <li>{@code in-batch}: {@code logq} (0; 1 corrects for popularity)
   *   <li>{@code reinforce}: {@code samples} (1000)
   * </ul>
   */
  static ScoreGradient of(
      String name,
      Map<String, Double> parameters,
      ItemCatalogue catalogue,
      MaximumInnerProductIndex index) {
    return GradientNames.create(name, parameters, catalogue.embeddings(), index);
  }

  /** Refuses a name or parameters that {@link #of} would refuse. */
  static void requireKnown(String name, Map<String, Double> parameters) {
    GradientNames.requireKnown(name, parameters);
  }
}
