package hindcast.training;

import hindcast.feedback.LoggedFeedback;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Where a trainer gets what its objective needs beyond the feedback. Asked for every event before
 * the step, told of the minibatch after it: what is learned on the way is tested before it is
 * trained.
 */
public interface SideInformationSource {
  /** Knows the segment, which serves as the discrete key of the context. */
  SideInformationSource SEGMENT = feedback -> SideInformation.NONE.withState(feedback.segment());

  /** What is known of an event. */
  SideInformation of(LoggedFeedback feedback);

  /**
   * Learns from the events of a minibatch that has been trained on, those that could not be used
   * for the lack of a field among them.
   */
  default void learn(List<LoggedFeedback> minibatch) {}

  /** Writes what was learned. */
  default void write(DataOutput out) throws IOException {}

  /** Reads what {@link #write} wrote. */
  default void read(DataInput in) throws IOException {}
}
