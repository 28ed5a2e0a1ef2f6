package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Φ(x): the p_sel items the logging policy favours, by the row of a {@link LoggingRowSource}, ties
 * in the order of the catalogue. p_sel follows the data:
 *
 * <pre>
 *   p_sel = the smallest p with Σ r over logged ranks ≤ p  ≥  share · Σ r
 * </pre>
 *
 * <p>Ranks are those before the minibatch. Until there is a reward, every item is selected. Gives
 * the row as well.
 *
 * <p>Source: Lopez et al. 2021 (POXM); baselines 2.5 (the rule for p_sel is derived).
 */
public final class SelectionSource implements SideInformationSource {
  private final ItemCatalogue catalogue;
  private final LoggingRowSource rows;
  private final double share;
  private final TreeMap<Integer, Double> rewardByRank = new TreeMap<>();
  private int selected;

  /**
   * A source.
   *
   * @param catalogue the items
   * @param rows gives the rows; told of minibatches by this source
   * @param share of the reward the selected items must have had, in (0, 1]; 0.9 is usual
   */
  public SelectionSource(ItemCatalogue catalogue, LoggingRowSource rows, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1]: " + share);
    }
    this.catalogue = catalogue;
    this.rows = rows;
    this.share = share;
    this.selected = catalogue.size();
  }

  /** p_sel. */
  public int selected() {
    return selected;
  }

  @Override
  public SideInformation of(LoggedFeedback feedback) {
    double[] row = rows.row(feedback);
    int[] best =
        IntStream.range(0, row.length)
            .filter(b -> row[b] > 0)
            .boxed()
            .sorted((a, b) -> row[a] != row[b] ? Double.compare(row[b], row[a]) : a - b)
            .limit(selected)
            .mapToInt(b -> b)
            .sorted()
            .toArray();
    return SideInformation.NONE.withLoggingRow(row).withSelection(best, Double.NaN);
  }

  @Override
  public void learn(List<LoggedFeedback> minibatch) {
    for (LoggedFeedback feedback : minibatch) {
      if (feedback.reward() > 0) {
        int rank = rank(rows.row(feedback), catalogue.indexOf(feedback.itemId()));
        rewardByRank.merge(rank, feedback.reward(), Double::sum);
      }
    }
    rows.learn(minibatch);
    select();
  }

  private static int rank(double[] row, int item) {
    int rank = 1;
    for (int b = 0; b < row.length; b++) {
      rank += row[b] > row[item] || (row[b] == row[item] && b < item) ? 1 : 0;
    }
    return rank;
  }

  private void select() {
    double total = rewardByRank.values().stream().mapToDouble(r -> r).sum();
    double sum = 0;
    for (var bucket : rewardByRank.entrySet()) {
      sum += bucket.getValue();
      if (sum >= share * total) {
        selected = bucket.getKey();
        return;
      }
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    rows.write(out);
    out.writeInt(rewardByRank.size());
    for (var bucket : rewardByRank.entrySet()) {
      out.writeInt(bucket.getKey());
      out.writeDouble(bucket.getValue());
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    rows.read(in);
    rewardByRank.clear();
    for (int k = in.readInt(); k > 0; k--) {
      rewardByRank.put(in.readInt(), in.readDouble());
    }
    selected = catalogue.size();
    select();
  }
}
