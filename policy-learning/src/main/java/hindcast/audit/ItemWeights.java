package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code E[1{a = k} / p] <= 1} for each item k. Events that show another item are observations of
 * 0, which are counted once for all items.
 */
final class ItemWeights implements Check {
  private static final class Sums {
    long shown;
    double inverse;
    double squared;
    final GridEValue evidence = new GridEValue();
  }

  private final Family family;
  private final int most;
  private final Map<String, Sums> items = new LinkedHashMap<>();
  private long n;

  ItemWeights(Family family, int most) {
    this.family = family;
    this.most = most;
  }

  @Override
  public void add(AuditedFeedback event) {
    if (!event.hasLoggedPropensity()) {
      return;
    }
    n++;
    String item = event.feedback().itemId();
    Sums sums = items.get(item);
    if (sums == null) {
      if (items.size() >= most) {
        return;
      }
      sums = new Sums();
      items.put(item, sums);
    }
    double inverse = 1 / event.propensity();
    sums.shown++;
    sums.inverse += inverse;
    sums.squared += inverse * inverse;
    sums.evidence.add(inverse);
  }

  @Override
  public void findings(List<Finding> into) {
    List<Finding> found = new ArrayList<>();
    int index = 1;
    for (Map.Entry<String, Sums> item : items.entrySet()) {
      Sums sums = item.getValue();
      double threshold = family.threshold(index++);
      if (sums.inverse <= n) {
        continue;
      }
      double logE = sums.evidence.logE(n - sums.shown);
      if (logE >= threshold) {
        double mean = sums.inverse / n;
        double variance = Math.max(sums.squared / n - mean * mean, Double.MIN_NORMAL);
        found.add(
            new Finding(
                FindingKind.ITEM_WEIGHT,
                Severity.CRITICAL,
                "",
                item.getKey(),
                "",
                Evidence.of("logE", logE)
                    .and("threshold", threshold)
                    .and("mean", mean)
                    .and("z", (mean - 1) / Math.sqrt(variance / n))
                    .and("shown", sums.shown)
                    .numbers()));
      }
    }
    Worst.first(found, into);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeInt(items.size());
    for (Map.Entry<String, Sums> item : items.entrySet()) {
      out.writeUTF(item.getKey());
      Sums sums = item.getValue();
      out.writeLong(sums.shown);
      out.writeDouble(sums.inverse);
      out.writeDouble(sums.squared);
      sums.evidence.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    items.clear();
    n = in.readLong();
    for (int k = in.readInt(); k > 0; k--) {
      Sums sums = new Sums();
      items.put(in.readUTF(), sums);
      sums.shown = in.readLong();
      sums.inverse = in.readDouble();
      sums.squared = in.readDouble();
      sums.evidence.read(in);
    }
  }
}
