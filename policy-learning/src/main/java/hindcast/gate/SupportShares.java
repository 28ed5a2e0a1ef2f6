package hindcast.gate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the squared weights of a policy lie, by segment or by item: n, Σw, Σw² of each. The first
 * 1,000 names that come are counted one by one, those after them together as {@link #OTHERS}.
 */
public final class SupportShares {
  /** Stands for every name beyond the first 1,000. */
  public static final String OTHERS = "(others)";

  private static final int MOST = 1000;

  private static final class Sums {
    private long n;
    private double weight;
    private double squared;
  }

  private final TreeMap<String, Sums> byName = new TreeMap<>();
  private long n;
  private double squared;

  /** Adds one outcome's weight w, at least 0. */
  public void add(String name, double weight) {
    Sums sums = byName.get(name);
    if (sums == null) {
      sums = byName.computeIfAbsent(byName.size() < MOST ? name : OTHERS, key -> new Sums());
    }
    sums.n++;
    sums.weight += weight;
    sums.squared += weight * weight;
    n++;
    squared += weight * weight;
  }

  /**
   * Those that hold more of Σw² than of the policy's traffic, the largest part first.
   *
   * @param most how many at most
   */
  public List<SupportGap> gaps(int most) {
    List<SupportGap> gaps = new ArrayList<>();
    byName.forEach(
        (name, sums) -> {
          double played = sums.weight / n;
          double spread = squared == 0 ? 0 : sums.squared / squared;
          if (spread > played) {
            double effective = sums.weight * sums.weight / sums.squared;
            gaps.add(new SupportGap(name, sums.n, (double) sums.n / n, played, effective, spread));
          }
        });
    gaps.sort(
        Comparator.comparingDouble(SupportGap::shareOfSpread)
            .reversed()
            .thenComparing(SupportGap::name));
    return List.copyOf(gaps.subList(0, Math.min(most, gaps.size())));
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(byName.size());
    for (Map.Entry<String, Sums> entry : byName.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue().n);
      out.writeDouble(entry.getValue().weight);
      out.writeDouble(entry.getValue().squared);
    }
    out.writeLong(n);
    out.writeDouble(squared);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    byName.clear();
    for (int k = in.readInt(); k > 0; k--) {
      Sums sums = new Sums();
      byName.put(in.readUTF(), sums);
      sums.n = in.readLong();
      sums.weight = in.readDouble();
      sums.squared = in.readDouble();
    }
    n = in.readLong();
    squared = in.readDouble();
  }
}
