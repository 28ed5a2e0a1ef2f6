package hindcast.reward;

import hindcast.feedback.Context;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A prediction q(x, a) of the reward, learned from feedback: what the direct method and the doubly
 * robust family rest on. Predict an event before updating with it (test, then train).
 */
public sealed interface RewardModel permits MeanRewardModel, BilinearRewardModel {
  /**
   * q(x, a).
   *
   * @param segment discrete key of the context
   * @param context x
   * @param item index of the item
   */
  double predict(String segment, Context context, int item);

  /** Learns from one event. */
  void update(String segment, Context context, int item, double reward);

  /** A copy that does not change when this one learns on. */
  RewardModel freeze();

  /** Writes the state. */
  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} of a model with the same settings wrote. */
  void read(DataInput in) throws IOException;
}
