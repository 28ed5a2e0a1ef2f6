package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The segment as the discrete key s of the context, and n(s) / n(s, a) from the events before the
 * minibatch, smoothed as a Dirichlet estimate:
 *
 * <pre>
 *   n(s) / n(s, a) ≈ (n(s) + α) / (n(s, a) + α / P)
 * </pre>
 *
 * <p>α → 0 is the plain ratio, which is 0/0 for an item that was never shown.
 *
 * <p>Source: UIPS paper A.5 (DICE-S); baselines 2.2.
 */
public final class FrequencySource implements SideInformationSource {
  private final ShownCounts counts;

  /**
   * A source without counts.
   *
   * @param catalogue the items
   * @param halfLifeMicros H of the counts, a whole number of microseconds, or infinity
   * @param priorStrength α, above 0
   */
  public FrequencySource(ItemCatalogue catalogue, double halfLifeMicros, double priorStrength) {
    this.counts = new ShownCounts(catalogue, halfLifeMicros, priorStrength);
  }

  @Override
  public SideInformation of(LoggedFeedback feedback) {
    double share =
        counts.probability(feedback.segment(), feedback.itemId(), feedback.eventTimeMicros());
    return SideInformation.NONE.withState(feedback.segment()).withInverseFrequency(1 / share);
  }

  @Override
  public void learn(List<LoggedFeedback> minibatch) {
    for (LoggedFeedback feedback : minibatch) {
      counts.add(feedback.segment(), feedback.itemId(), feedback.eventTimeMicros());
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    counts.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    counts.read(in);
  }
}
