package hindcast.audit;

import hindcast.estimator.WeightMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Policies anybody may ask for, judged on the log itself.
 *
 * <ul>
 *   <li>{@code uniform}: any eligible item, {@code w = 1 / (K p)}; needs an eligible set or the
 *       size of the catalogue;
 *   <li>{@code greedy}: the item of the segment whose mean reward was best so far, {@code (sum r +
 *       1) / (n + 2)}, chosen before each event, among all items the segment has shown; events
 *       whose eligible set lacks it have weight 0;
 *   <li>{@code logging}: weight 1.
 * </ul>
 */
final class TypicalPolicies implements Check {
  static final String UNIFORM = "uniform";
  static final String GREEDY = "greedy";

  private static final class Segment {
    final Map<String, double[]> items = new HashMap<>();
    String best;

    void add(String item, double reward) {
      double[] sums = items.computeIfAbsent(item, k -> new double[2]);
      sums[0] += reward;
      sums[1]++;
      if (best == null) {
        best = item;
      } else if (best.equals(item)) {
        items.keySet().forEach(this::challenge);
      } else {
        challenge(item);
      }
    }

    private void challenge(String item) {
      double difference = mean(item) - mean(best);
      if (difference > 0 || (difference == 0 && item.compareTo(best) < 0)) {
        best = item;
      }
    }

    private double mean(String item) {
      double[] sums = items.get(item);
      return (sums[0] + 1) / (sums[1] + 2);
    }
  }

  private final int catalogueSize;
  private final int most;
  private final PolicyWeights weights;
  private final Map<String, Segment> segments = new TreeMap<>();
  private int items;

  TypicalPolicies(AuditSettings settings, PolicyWeights weights) {
    catalogueSize = settings.catalogueSize();
    most = settings.items();
    this.weights = weights;
  }

  @Override
  public void add(AuditedFeedback event) {
    if (!event.hasLoggedPropensity()) {
      return;
    }
    List<String> eligible = event.feedback().eligibleItemIds();
    int choices = eligible == null ? catalogueSize : eligible.size();
    double reward = event.feedback().reward();
    if (choices > 0) {
      weights.add(UNIFORM, weight(1.0 / choices, event), reward);
    }
    Segment segment = segments.get(event.feedback().segment());
    String item = event.feedback().itemId();
    if (segment != null) {
      weights.add(GREEDY, item.equals(segment.best) ? weight(1, event) : 0, reward);
    }
    boolean known = segment != null && segment.items.containsKey(item);
    if (known || items < most) {
      items += known ? 0 : 1;
      segments.computeIfAbsent(event.feedback().segment(), name -> new Segment()).add(item, reward);
    }
  }

  private static double weight(double probability, AuditedFeedback event) {
    return Math.min(probability / event.propensity(), 1e90);
  }

  /** The moments of a typical policy's weights. */
  WeightMoments moments(String policy) {
    return weights.moments(policy);
  }

  @Override
  public void findings(List<Finding> into) {
    weights.findings(into);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    weights.write(out);
    out.writeInt(segments.size());
    for (Map.Entry<String, Segment> entry : segments.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue().best);
      out.writeInt(entry.getValue().items.size());
      for (Map.Entry<String, double[]> item : new TreeMap<>(entry.getValue().items).entrySet()) {
        out.writeUTF(item.getKey());
        out.writeDouble(item.getValue()[0]);
        out.writeDouble(item.getValue()[1]);
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    weights.read(in);
    segments.clear();
    items = 0;
    for (int k = in.readInt(); k > 0; k--) {
      Segment segment = new Segment();
      segments.put(in.readUTF(), segment);
      segment.best = in.readUTF();
      for (int j = in.readInt(); j > 0; j--) {
        segment.items.put(in.readUTF(), new double[] {in.readDouble(), in.readDouble()});
        items++;
      }
    }
  }
}
