package hindcast.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What parts of a stream contribute to a mean: {@code mean(y) = sum over names of (sum of y of the
 * name) / n}. The contributions of all names sum to the mean exactly (up to rounding).
 *
 * <p>At most {@code capacity} names are kept by themselves. When one more comes, the name with the
 * fewest events is counted among {@link #OTHERS}, and so are its later events until it is kept
 * again; the sum is not touched. Memory: about 100 bytes a name.
 */
public final class Contributions {
  /** The name of what is not kept by itself. */
  public static final String OTHERS = "(others)";

  /**
   * One part.
   *
   * @param name the segment, item or hour
   * @param n its events
   * @param share its contribution to the mean over all events
   */
  public record Part(String name, long n, double share) {}

  private static final class Sum {
    private long n;
    private double y;
  }

  private final int capacity;
  private final Map<String, Sum> sums = new HashMap<>();
  private long n;

  /**
   * No parts.
   *
   * @param capacity names that are kept by themselves, at least 1
   */
  public Contributions(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("at least 1 name must be kept: " + capacity);
    }
    this.capacity = capacity;
  }

  /** Adds y of one event of {@code name}. */
  public void add(String name, double y) {
    n++;
    Sum sum = sums.get(name);
    if (sum == null) {
      if (sums.size() >= capacity + (sums.containsKey(OTHERS) ? 1 : 0)) {
        makeRoom();
      }
      sum = new Sum();
      sums.put(name, sum);
    }
    sum.n++;
    sum.y += y;
  }

  private void makeRoom() {
    String smallest =
        sums.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(OTHERS))
            .min(
                Comparator.<Map.Entry<String, Sum>>comparingLong(entry -> entry.getValue().n)
                    .thenComparing(Map.Entry::getKey))
            .orElseThrow()
            .getKey();
    Sum moved = sums.remove(smallest);
    Sum others = sums.computeIfAbsent(OTHERS, name -> new Sum());
    others.n += moved.n;
    others.y += moved.y;
  }

  /** Events so far. */
  public long n() {
    return n;
  }

  /** The mean of y; 0 without events. */
  public double mean() {
    return n == 0 ? 0 : parts().stream().mapToDouble(Part::share).sum();
  }

  /** All parts, the largest contribution first. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    sums.forEach((name, sum) -> parts.add(new Part(name, sum.n, sum.y / n)));
    parts.sort(Comparator.comparingDouble(Part::share).reversed().thenComparing(Part::name));
    return parts;
  }

  /** The {@code most} largest contributions above 0. */
  public List<Part> largest(int most) {
    return parts().stream().filter(part -> part.share() > 0).limit(most).toList();
  }

  /** Writes the complete state; the capacity is not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeInt(sums.size());
    for (Map.Entry<String, Sum> entry : new TreeMap<>(sums).entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue().n);
      out.writeDouble(entry.getValue().y);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    sums.clear();
    n = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      Sum sum = new Sum();
      sums.put(in.readUTF(), sum);
      sum.n = in.readLong();
      sum.y = in.readDouble();
    }
  }
}
