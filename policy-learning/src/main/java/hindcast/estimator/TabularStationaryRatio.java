package hindcast.estimator;

import hindcast.numeric.CompensatedSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Distribution correction from counts: {@code V = mean(min(zeta, cap) r)}, {@code zeta = pi(a|s)
 * n(s) / n(s, a)}. Name: {@code DICE_S}.
 *
 * <p>No propensities: the ratio solves {@code min 1/2 E_D[zeta^2] - E_pi[zeta]} over discrete
 * states s. Without a cap this is the tabular direct method, {@code sum_s n_s / n sum_a pi(a|s)
 * rbar(s, a)} with rbar = 0 where nothing was seen. The noise of the counts is not a per-event
 * variance, so there is no standard error: use a block bootstrap over windows.
 *
 * <p>State for each (s, a): the count, and the sum of rewards for each distinct pi(a|s), which is
 * one unless the policy looks beyond s. Memory grows with the pairs seen.
 *
 * <p>UIPS paper A.5; Nachum, Chow, Dai, Li, DualDICE, NeurIPS 2019.
 */
public final class TabularStationaryRatio extends ValueEstimator {
  private static final class Cell {
    long n;
    final TreeMap<Double, CompensatedSum> rewards = new TreeMap<>();
  }

  private final double cap;
  private final TreeMap<String, TreeMap<String, Cell>> cells = new TreeMap<>();
  private long n;

  TabularStationaryRatio(EstimatorSpec spec) {
    super(spec);
    cap = spec.parameter("cap");
  }

  @Override
  void accumulate(ScoredFeedback f) {
    Cell cell = cell(f.segment(), f.item());
    n++;
    cell.n++;
    if (f.reward() > 0) {
      rewards(cell, f.targetProbability()).add(f.reward());
    }
  }

  @Override
  public PointEstimate estimate() {
    if (n == 0) {
      return PointEstimate.none(0);
    }
    CompensatedSum sum = new CompensatedSum();
    for (TreeMap<String, Cell> items : cells.values()) {
      double visits = 0;
      for (Cell cell : items.values()) {
        visits += cell.n;
      }
      for (Cell cell : items.values()) {
        for (Map.Entry<Double, CompensatedSum> reward : cell.rewards.entrySet()) {
          double zeta = reward.getKey() * visits / cell.n;
          sum.add(Math.min(zeta, cap) * reward.getValue().value());
        }
      }
    }
    return PointEstimate.of(n, sum.value() / n);
  }

  /** zeta of an event before the cap, from the counts of all events so far. */
  double ratio(ScoredFeedback f) {
    double visits = 0;
    for (Cell cell : cells.get(f.segment()).values()) {
      visits += cell.n;
    }
    return f.targetProbability() * visits / cell(f.segment(), f.item()).n;
  }

  @Override
  void mergeState(ValueEstimator other) {
    TabularStationaryRatio o = (TabularStationaryRatio) other;
    n += o.n;
    o.cells.forEach(
        (segment, items) ->
            items.forEach(
                (item, theirs) -> {
                  Cell mine = cell(segment, item);
                  mine.n += theirs.n;
                  theirs.rewards.forEach((pi, sum) -> rewards(mine, pi).merge(sum));
                }));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeInt(cells.size());
    for (Map.Entry<String, TreeMap<String, Cell>> segment : cells.entrySet()) {
      out.writeUTF(segment.getKey());
      out.writeInt(segment.getValue().size());
      for (Map.Entry<String, Cell> item : segment.getValue().entrySet()) {
        out.writeUTF(item.getKey());
        out.writeLong(item.getValue().n);
        out.writeInt(item.getValue().rewards.size());
        for (Map.Entry<Double, CompensatedSum> reward : item.getValue().rewards.entrySet()) {
          out.writeDouble(reward.getKey());
          reward.getValue().write(out);
        }
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    cells.clear();
    n = in.readLong();
    for (int s = in.readInt(); s > 0; s--) {
      String segment = in.readUTF();
      for (int a = in.readInt(); a > 0; a--) {
        Cell cell = cell(segment, in.readUTF());
        cell.n = in.readLong();
        for (int k = in.readInt(); k > 0; k--) {
          rewards(cell, in.readDouble()).read(in);
        }
      }
    }
  }

  private Cell cell(String segment, String item) {
    return cells
        .computeIfAbsent(segment, s -> new TreeMap<>())
        .computeIfAbsent(item, a -> new Cell());
  }

  private static CompensatedSum rewards(Cell cell, double pi) {
    return cell.rewards.computeIfAbsent(pi, p -> new CompensatedSum());
  }
}
