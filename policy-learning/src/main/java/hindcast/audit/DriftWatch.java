package hindcast.audit;

import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether reward rate, contexts and what is shown stay what they were in the first {@link
 * AuditSettings#baseline()} events.
 *
 * <ul>
 *   <li>reward of each segment;
 *   <li>of each segment, the first {@value #FEATURES} features, each as {@code (1 + x / (1 + |x|))
 *       / 2}, and over the whole log the shares of {@value #BUCKETS} buckets of segments;
 *   <li>of each (policy version, segment), the shares of {@value #BUCKETS} buckets of items.
 * </ul>
 *
 * <p>Drift is a warning: the log may be sound, but a value over all of it is an average of two
 * worlds. At most {@link AuditSettings#cells()} keys of each sort are watched; the one that was
 * quiet longest is forgotten.
 */
final class DriftWatch implements Check {
  private static final int FEATURES = 8;
  private static final int BUCKETS = 8;
  private static final String WHOLE = "";

  private final AuditSettings settings;
  private final Map<CellKey, Cusum> rewards = watched();
  private final Map<CellKey, Cusum> contexts = watched();
  private final Map<CellKey, Cusum> segments = watched();
  private final Map<CellKey, Cusum> logging = watched();
  private final double[] reward = new double[1];
  private final double[] buckets = new double[BUCKETS];

  DriftWatch(AuditSettings settings) {
    this.settings = settings;
  }

  private static Map<CellKey, Cusum> watched() {
    return new LinkedHashMap<>(64, 0.75f, true);
  }

  @Override
  public void add(AuditedFeedback event) {
    LoggedFeedback feedback = event.feedback();
    CellKey segment = new CellKey(WHOLE, feedback.segment());
    reward[0] = feedback.reward();
    watch(rewards, segment, 1).add(reward);
    double[] features = features(feedback.context());
    watch(contexts, segment, features.length).add(features);
    watch(segments, new CellKey(WHOLE, WHOLE), BUCKETS).add(bucket(feedback.segment()));
    watch(logging, new CellKey(event.servedBy(), feedback.segment()), BUCKETS)
        .add(bucket(feedback.itemId()));
  }

  private Cusum watch(Map<CellKey, Cusum> watched, CellKey key, int components) {
    Cusum cusum = watched.get(key);
    if (cusum == null) {
      if (watched.size() >= settings.cells()) {
        Iterator<CellKey> quietest = watched.keySet().iterator();
        quietest.next();
        quietest.remove();
      }
      cusum = new Cusum(settings.baseline(), components);
      watched.put(key, cusum);
    }
    return cusum;
  }

  private double[] bucket(String key) {
    Arrays.fill(buckets, 0);
    buckets[(int) Math.floorMod(Hashes.of(key), (long) BUCKETS)] = 1;
    return buckets;
  }

  private static double[] features(Context context) {
    double[] features = new double[FEATURES];
    float[] values = context.values();
    int[] indices = context.indices();
    for (int k = 0; k < values.length; k++) {
      int feature = indices == null ? k : indices[k];
      if (feature >= FEATURES) {
        break;
      }
      features[feature] = values[k];
    }
    for (int k = 0; k < FEATURES; k++) {
      features[k] = (1 + features[k] / (1 + Math.abs(features[k]))) / 2;
    }
    return features;
  }

  @Override
  public void findings(List<Finding> into) {
    findings(rewards, FindingKind.REWARD_DRIFT, into);
    findings(contexts, FindingKind.CONTEXT_DRIFT, into);
    findings(segments, FindingKind.CONTEXT_DRIFT, into);
    findings(logging, FindingKind.LOGGING_DRIFT, into);
  }

  private static void findings(Map<CellKey, Cusum> watched, FindingKind kind, List<Finding> into) {
    List<Finding> found = new ArrayList<>();
    watched.forEach(
        (key, cusum) -> {
          int c = cusum.first();
          if (c >= 0) {
            found.add(
                new Finding(
                    kind,
                    Severity.WARNING,
                    key.segment(),
                    "",
                    key.servedBy(),
                    Evidence.of("records", cusum.n())
                        .and("alarmAt", cusum.alarmAt(c))
                        .and("component", c)
                        .and("baselineMean", cusum.baseline(c))
                        .and("meanSince", cusum.since(c))
                        .numbers()));
          }
        });
    Worst.first(found, into);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (Map<CellKey, Cusum> watched : List.of(rewards, contexts, segments, logging)) {
      out.writeInt(watched.size());
      for (Map.Entry<CellKey, Cusum> entry : watched.entrySet()) {
        entry.getKey().write(out);
        entry.getValue().write(out);
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    for (Map<CellKey, Cusum> watched : List.of(rewards, contexts, segments, logging)) {
      watched.clear();
      for (int k = in.readInt(); k > 0; k--) {
        CellKey key = CellKey.read(in);
        watched.put(key, Cusum.read(settings.baseline(), in));
      }
    }
  }
}
