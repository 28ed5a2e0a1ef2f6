package hindcast.gradient;

import hindcast.feedback.Context;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The softmax of one event at a time.
 *
 * <p>A workspace: {@link #fit} it to an event, read it, fit it to the next. Draws are a function of
 * the event's key. Not safe for use by several threads.
 */
public sealed interface ScoreGradient extends SoftmaxStatistics
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

  /**
   * Prepares an event whose reward is known to be 0 at every item outside of a few.
   *
   * @param support these items, all different; null for unknown
   */
  default void fit(
      double[] theta, Context context, int item, int[] eligible, int[] support, long key) {
    fit(theta, context, item, eligible, key);
  }

  /** Writes what is kept beyond a minibatch; nothing for most. */
  default void write(DataOutput out) throws IOException {}

  /** Reads what {@link #write} wrote. */
  default void read(DataInput in) throws IOException {}
}
