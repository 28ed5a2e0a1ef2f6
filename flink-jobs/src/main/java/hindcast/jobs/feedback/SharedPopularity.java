package hindcast.jobs.feedback;

import hindcast.jobs.state.MaturityTime;
import hindcast.jobs.state.StateBytes;
import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.ItemCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjDoubleConsumer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * What each policy showed over all segments in earlier windows, decayed: the prior of a segment.
 * The same on every subtask.
 *
 * <p>Counts of a window arrive in any order and wait until the first timer of a later window calls
 * {@link #foldBefore}; then they are added in the order of their keys. So the popularity that a
 * window sees ends exactly where the window begins, whatever the parallelism.
 *
 * <p>Kept as broadcast state. Copies may differ in how far they have folded, never in what they say
 * to a timer that is still to fire, so a restored subtask may take any of them.
 */
final class SharedPopularity {
  private static final char SEPARATOR = '\n';

  private final PropensitySettings settings;
  private final MaturityTime maturity;
  private final BroadcastState<Long, Map<String, Long>> waiting;
  private final BroadcastState<String, Double> counts;
  private final BroadcastState<String, byte[]> totals;
  private final Map<String, DirichletPropensity> policies = new HashMap<>();
  private long firstWaiting = Long.MAX_VALUE;

  SharedPopularity(PropensitySettings settings, MaturityTime maturity, OperatorStateStore store)
      throws Exception {
    this.settings = settings;
    this.maturity = maturity;
    waiting =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "shown-waiting", Types.LONG, Types.MAP(Types.STRING, Types.LONG)));
    counts =
        store.getBroadcastState(
            new MapStateDescriptor<>("popularity-counts", Types.STRING, Types.DOUBLE));
    totals =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "popularity-totals",
                Types.STRING,
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    for (Map.Entry<Long, Map<String, Long>> window : waiting.entries()) {
      firstWaiting = Math.min(firstWaiting, window.getKey());
    }
  }

  /** A policy and an item as one key; ids hold no control characters. */
  static String key(String policyId, String itemId) {
    return policyId + SEPARATOR + itemId;
  }

  /** Receives the count of an item in the window that ends at {@code end}. */
  void add(long end, String key, long count) throws Exception {
    Map<String, Long> window = waiting.get(end);
    if (window == null) {
      window = new HashMap<>();
      waiting.put(end, window);
      firstWaiting = Math.min(firstWaiting, end);
    }
    window.merge(key, count, Long::sum);
  }

  /** Adds what was shown in the windows that end before {@code end}. */
  void foldBefore(long end) throws Exception {
    if (firstWaiting >= end) {
      return;
    }
    TreeMap<Long, Map<String, Long>> due = new TreeMap<>();
    firstWaiting = Long.MAX_VALUE;
    for (Map.Entry<Long, Map<String, Long>> window : waiting.entries()) {
      if (window.getKey() < end) {
        due.put(window.getKey(), window.getValue());
      } else {
        firstWaiting = Math.min(firstWaiting, window.getKey());
      }
    }
    for (Map.Entry<Long, Map<String, Long>> window : due.entrySet()) {
      fold(maturity.impressionTime(window.getKey()) * 1000, new TreeMap<>(window.getValue()));
      waiting.remove(window.getKey());
    }
  }

  private void fold(long timeMicros, SortedMap<String, Long> window) throws Exception {
    for (Map.Entry<String, Long> shown : window.entrySet()) {
      int separator = shown.getKey().indexOf(SEPARATOR);
      policy(shown.getKey().substring(0, separator))
          .update(shown.getKey().substring(separator + 1), timeMicros, shown.getValue());
    }
    for (Map.Entry<String, DirichletPropensity> policy : policies.entrySet()) {
      totals.put(policy.getKey(), StateBytes.write(policy.getValue()::writeTotals));
    }
  }

  /** The prior probability of an item, in (0, 1]. */
  double mean(String policyId, String itemId, long timeMicros) {
    double uniform = 1.0 / settings.actionCount();
    return settings.popularity()
        ? policy(policyId).posterior(itemId, uniform, timeMicros).mean()
        : uniform;
  }

  private DirichletPropensity policy(String policyId) {
    return policies.computeIfAbsent(policyId, this::load);
  }

  private DirichletPropensity load(String policyId) {
    DirichletPropensity policy =
        new DirichletPropensity(
            settings.halfLifeMicros(), settings.popularityStrength(), new Counts(policyId));
    try {
      StateBytes.read(totals.get(policyId), policy::readTotals);
    } catch (Exception e) {
      throw new FlinkRuntimeException("the popularity of " + policyId + " cannot be read", e);
    }
    return policy;
  }

  private final class Counts implements ItemCounts {
    private final String prefix;

    Counts(String policyId) {
      prefix = policyId + SEPARATOR;
    }

    @Override
    public double get(String item) {
      try {
        Double count = counts.get(prefix + item);
        return count == null ? 0 : count;
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public void set(String item, double count) {
      try {
        counts.put(prefix + item, count);
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public void remove(String item) {
      try {
        counts.remove(prefix + item);
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public void forEach(ObjDoubleConsumer<String> entry) {
      try {
        for (Map.Entry<String, Double> count : counts.entries()) {
          if (count.getKey().startsWith(prefix)) {
            entry.accept(count.getKey().substring(prefix.length()), count.getValue());
          }
        }
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }
  }
}
