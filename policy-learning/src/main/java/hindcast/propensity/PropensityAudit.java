package hindcast.propensity;

import hindcast.numeric.CompensatedSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks logged propensities item by item: for every item k that the logging policy can show in
 * every context, {@code E[1{a = k} / p] = 1}.
 *
 * <pre>
 * mean_k = sum of 1 / p over events that showed k, divided by all n events
 * z_k    = (mean_k - 1) / sqrt(var_k / n)       about N(0, 1) when propensities are right
 * </pre>
 *
 * <p>An item that not every context may show has a mean below 1 by right, so only values above 1
 * are errors there. Where the action is a function of the context and p says otherwise this check
 * may pass; the weight check of an evaluated policy ({@code WeightMoments.weightCheck}) finds that.
 * Mergeable.
 */
public final class PropensityAudit {
  private static final class Sums {
    long shown;
    final CompensatedSum inverse = new CompensatedSum();
    final CompensatedSum squared = new CompensatedSum();
  }

  private final TreeMap<String, Sums> items = new TreeMap<>();
  private long n;

  /**
   * What the log says about one item.
   *
   * @param item its id
   * @param shown events that showed it
   * @param mean mean of {@code 1{a = item} / p}, to be 1
   * @param z its distance from 1 in standard errors; 0 with fewer than two events
   */
  public record Finding(String item, long shown, double mean, double z) {}

  /** Adds one event: the shown item and its propensity in (0, 1]. */
  public void add(String item, double propensity) {
    if (!(propensity <= 1 && propensity >= 1e-80)) {
      throw new IllegalArgumentException(
          "propensity must be in [1e-80, 1]: " + propensity + " (item " + item + ")");
    }
    Sums sums = items.computeIfAbsent(item, k -> new Sums());
    n++;
    sums.shown++;
    sums.inverse.add(1 / propensity);
    sums.squared.add(1 / propensity / propensity);
  }

  /** Adds all events of the other audit. */
  public void merge(PropensityAudit other) {
    n += other.n;
    other.items.forEach(
        (item, theirs) -> {
          Sums mine = items.computeIfAbsent(item, k -> new Sums());
          mine.shown += theirs.shown;
          mine.inverse.merge(theirs.inverse);
          mine.squared.merge(theirs.squared);
        });
  }

  /** All items, in order of id. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    items.forEach(
        (item, sums) -> {
          double mean = sums.inverse.value() / n;
          double variance = Math.max(0, sums.squared.value() / n - mean * mean);
          double z =
              n < 2 || mean == 1 ? 0 : (mean - 1) / Math.sqrt(Math.max(variance, 1e-300) / (n - 1));
          findings.add(new Finding(item, sums.shown, mean, z));
        });
    return findings;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeInt(items.size());
    for (Map.Entry<String, Sums> item : items.entrySet()) {
      out.writeUTF(item.getKey());
      out.writeLong(item.getValue().shown);
      item.getValue().inverse.write(out);
      item.getValue().squared.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    items.clear();
    n = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      String item = in.readUTF();
      Sums sums = new Sums();
      sums.shown = in.readLong();
      sums.inverse.read(in);
      sums.squared.read(in);
      items.put(item, sums);
    }
  }
}
