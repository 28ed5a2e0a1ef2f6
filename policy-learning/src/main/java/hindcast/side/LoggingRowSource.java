package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * π₀(·|x) of every item, estimated from what each (policy, version, segment) showed before: a
 * {@link hindcast.propensity.DirichletPropensity} with the uniform prior. Over eligible items the
 * row adds up to 1; others have 0. A minibatch is predicted from the state before it, at the time
 * of the first event of each segment, and counted afterwards. A row costs O(P).
 *
 * <p>Source: methods 5.2.
 */
public final class LoggingRowSource implements SideInformationSource {
  private final ItemCatalogue catalogue;
  private final ShownCounts counts;
  private final Map<String, double[]> rows = new HashMap<>();

  /**
   * A source without counts.
   *
   * @param catalogue the items
   * @param halfLifeMicros H of the counts, a whole number of microseconds, or infinity
   * @param priorStrength α, above 0
   */
  public LoggingRowSource(ItemCatalogue catalogue, double halfLifeMicros, double priorStrength) {
    this.catalogue = catalogue;
    this.counts = new ShownCounts(catalogue, halfLifeMicros, priorStrength);
  }

  /** The row of an event; read only. */
  public double[] row(LoggedFeedback feedback) {
    String key = key(feedback);
    if (feedback.isRestricted()) {
      int[] eligible = catalogue.indexesOf(feedback.eligibleItemIds());
      return counts.row(key, eligible, feedback.eventTimeMicros());
    }
    return rows.computeIfAbsent(key, k -> counts.row(k, null, feedback.eventTimeMicros()));
  }

  private static String key(LoggedFeedback feedback) {
    return feedback.policyId() + "\n" + feedback.policyVersion() + "\n" + feedback.segment();
  }

  @Override
  public SideInformation of(LoggedFeedback feedback) {
    return SideInformation.NONE.withLoggingRow(row(feedback));
  }

  @Override
  public void learn(List<LoggedFeedback> minibatch) {
    for (LoggedFeedback feedback : minibatch) {
      counts.add(key(feedback), feedback.itemId(), feedback.eventTimeMicros());
    }
    rows.clear();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    counts.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    counts.read(in);
    rows.clear();
  }
}
