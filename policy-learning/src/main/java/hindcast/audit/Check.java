package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** One thing an audit looks at, event by event. */
interface Check {
  /** Takes the next outcome. */
  void add(AuditedFeedback event);

  /** Appends what stands now, worst first. */
  void findings(List<Finding> into);

  /** Writes the complete state. */
  void write(DataOutput out) throws IOException;

  /** Replaces the state by one that {@link #write} wrote. */
  void read(DataInput in) throws IOException;
}
