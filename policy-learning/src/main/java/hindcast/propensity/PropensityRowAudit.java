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
 * Checks logged propensities item by item where the whole row pi0(.|x) is logged: {@code E[1{a =
 * k}] = mean of pi0(k|x)}, whatever the contexts allow.
 *
 * <pre>
 * z_k = (times k was shown - sum of pi0(k|x)) / sqrt(sum of pi0(k|x) (1 - pi0(k|x)))
 * </pre>
 *
 * <p>About N(0, 1) when propensities are right; 0 where the row leaves nothing to chance and the
 * item was shown accordingly. Mergeable.
 */
public final class PropensityRowAudit {
  private static final double LARGEST = 1e150;

  private static final class Sums {
    long shown;
    final CompensatedSum expected = new CompensatedSum();
    final CompensatedSum variance = new CompensatedSum();
  }

  private final TreeMap<String, Sums> items = new TreeMap<>();

  /**
   * What the log says about one item.
   *
   * @param item its id
   * @param shown events that showed it
   * @param expected how many should have, {@code sum of pi0(k|x)}
   * @param z their distance in standard errors
   */
  public record Finding(String item, long shown, double expected, double z) {}

  /**
   * Adds one event: every eligible item with its propensity in [0, 1], the shown one among them
   * above 0.
   *
   * @param shown index of the shown item in the row
   */
  public void add(List<String> row, double[] propensities, int shown) {
    if (row.size() != propensities.length || shown < 0 || shown >= propensities.length) {
      throw new IllegalArgumentException(
          "row must have a propensity for each item, and the shown item: "
              + row.size()
              + " items, "
              + propensities.length
              + " propensities, shown "
              + shown);
    }
    for (int k = 0; k < propensities.length; k++) {
      double p = propensities[k];
      if (!(p >= 0 && p <= 1) || (k == shown && p == 0)) {
        throw new IllegalArgumentException(
            "propensity must be in [0, 1], and above 0 if shown: "
                + p
                + " (item "
                + row.get(k)
                + ")");
      }
    }
    for (int k = 0; k < propensities.length; k++) {
      Sums sums = items.computeIfAbsent(row.get(k), item -> new Sums());
      sums.shown += k == shown ? 1 : 0;
      sums.expected.add(propensities[k]);
      sums.variance.add(propensities[k] * (1 - propensities[k]));
    }
  }

  /** Adds all events of the other audit. */
  public void merge(PropensityRowAudit other) {
    other.items.forEach(
        (item, theirs) -> {
          Sums mine = items.computeIfAbsent(item, k -> new Sums());
          mine.shown += theirs.shown;
          mine.expected.merge(theirs.expected);
          mine.variance.merge(theirs.variance);
        });
  }

  /** All items, in order of id. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    items.forEach(
        (item, sums) -> {
          double expected = sums.expected.value();
          double excess = sums.shown - expected;
          double sd = Math.sqrt(Math.max(0, sums.variance.value()));
          double z = excess == 0 ? 0 : Math.max(-LARGEST, Math.min(LARGEST, excess / sd));
          findings.add(new Finding(item, sums.shown, expected, z));
        });
    return findings;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(items.size());
    for (Map.Entry<String, Sums> item : items.entrySet()) {
      out.writeUTF(item.getKey());
      out.writeLong(item.getValue().shown);
      item.getValue().expected.write(out);
      item.getValue().variance.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    items.clear();
    for (int k = in.readInt(); k > 0; k--) {
      String item = in.readUTF();
      Sums sums = new Sums();
      sums.shown = in.readLong();
      sums.expected.read(in);
      sums.variance.read(in);
      items.put(item, sums);
    }
  }
}
