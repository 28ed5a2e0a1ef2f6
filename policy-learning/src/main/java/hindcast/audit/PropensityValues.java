package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The logged numbers themselves: few decimals, or one number for everything.
 *
 * <p><b>Rounded</b>: a propensity of at most three decimals, not the inverse of a whole number, and
 * so small that half a unit of its last decimal is {@value #RELATIVE_ERROR} of it or more. A
 * finding needs {@value #ROUNDED_VALUES} different ones, since an epsilon-greedy policy has a few
 * by right.
 *
 * <p><b>Repeated</b>: a value of {@value #REPEATED_SHARE} of the records or more that is logged for
 * three items or more, while at least half of the other records have values that belong to a single
 * item or are rare. Frequent values are kept by Misra and Gries (Science of Computer Programming 2,
 * 1982): each one that has more than 1 / {@value #VALUES} of the records is among them, counted up
 * to that share too low.
 */
final class PropensityValues implements Check {
  private static final double RELATIVE_ERROR = 0.005;
  private static final int ROUNDED_VALUES = 8;
  private static final double ROUNDED_SHARE = 0.01;
  private static final int VALUES = 512;
  private static final double REPEATED_SHARE = 0.02;
  private static final long ENOUGH = 1000;
  private static final int SEVERAL = 3;

  private static final class Value {
    long count;
    final long[] items = new long[SEVERAL];
    int different;

    void add(long item) {
      count++;
      for (int k = 0; k < different; k++) {
        if (items[k] == item) {
          return;
        }
      }
      if (different < SEVERAL) {
        items[different++] = item;
      }
    }
  }

  private final LinkedHashMap<Double, Value> frequent = new LinkedHashMap<>();
  private final BitSet thousandths = new BitSet(1000);
  private long n;
  private long rounded;
  private double largestError;

  @Override
  public void add(AuditedFeedback event) {
    if (!event.hasLoggedPropensity()) {
      return;
    }
    n++;
    double p = event.feedback().propensity().value();
    double error = roundingError(p);
    if (error >= RELATIVE_ERROR) {
      rounded++;
      thousandths.set((int) Math.rint(p * 1000));
      largestError = Math.max(largestError, error);
    }
    Value value = frequent.get(p);
    if (value == null) {
      if (frequent.size() >= VALUES) {
        takeOneFromEach();
        return;
      }
      value = new Value();
      frequent.put(p, value);
    }
    value.add(Hashes.of(event.feedback().itemId()));
  }

  private void takeOneFromEach() {
    for (Iterator<Value> values = frequent.values().iterator(); values.hasNext(); ) {
      if (--values.next().count == 0) {
        values.remove();
      }
    }
  }

  /** Half a unit of the last decimal over p, for up to three decimals; else 0. */
  private static double roundingError(double p) {
    if (isWhole(1 / p)) {
      return 0;
    }
    for (int unit = 10; unit <= 1000; unit *= 10) {
      if (isWhole(p * unit)) {
        return 0.5 / unit / p;
      }
    }
    return 0;
  }

  private static boolean isWhole(double x) {
    return Math.abs(x - Math.rint(x)) < 1e-9 * Math.max(1, x);
  }

  @Override
  public void findings(List<Finding> into) {
    if (n < ENOUGH) {
      return;
    }
    double share = Shares.of(rounded, n);
    if (share >= ROUNDED_SHARE && thousandths.cardinality() >= ROUNDED_VALUES) {
      into.add(
          Finding.of(
              FindingKind.ROUNDED_PROPENSITIES,
              Severity.WARNING,
              Evidence.of("share", share)
                  .and("records", rounded)
                  .and("differentValues", thousandths.cardinality())
                  .and("largestRelativeError", largestError)
                  .numbers()));
    }
    repeated(into);
  }

  private void repeated(List<Finding> into) {
    long ofSeveral = 0;
    for (Value value : frequent.values()) {
      ofSeveral += value.different >= SEVERAL ? value.count : 0;
    }
    List<Finding> found = new ArrayList<>();
    for (Map.Entry<Double, Value> entry : frequent.entrySet()) {
      Value value = entry.getValue();
      double share = Shares.of(value.count, n);
      long others = n - value.count;
      long othersOfSeveral = ofSeveral - value.count;
      if (value.different >= SEVERAL
          && share >= REPEATED_SHARE
          && 2 * othersOfSeveral <= others
          && others > 0) {
        found.add(
            Finding.of(
                FindingKind.REPEATED_PROPENSITY,
                Severity.WARNING,
                Evidence.of("share", share)
                    .and("records", value.count)
                    .and("propensity", entry.getKey())
                    .and("shareOfOthersWithOwnValue", 1 - Shares.of(othersOfSeveral, others))
                    .numbers()));
      }
    }
    Worst.first(found, into);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeLong(rounded);
    out.writeDouble(largestError);
    out.writeInt(thousandths.cardinality());
    for (int k = thousandths.nextSetBit(0); k >= 0; k = thousandths.nextSetBit(k + 1)) {
      out.writeInt(k);
    }
    out.writeInt(frequent.size());
    for (Map.Entry<Double, Value> entry : frequent.entrySet()) {
      out.writeDouble(entry.getKey());
      out.writeLong(entry.getValue().count);
      out.writeInt(entry.getValue().different);
      for (long item : entry.getValue().items) {
        out.writeLong(item);
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    rounded = in.readLong();
    largestError = in.readDouble();
    thousandths.clear();
    for (int k = in.readInt(); k > 0; k--) {
      thousandths.set(in.readInt());
    }
    frequent.clear();
    for (int k = in.readInt(); k > 0; k--) {
      Value value = new Value();
      frequent.put(in.readDouble(), value);
      value.count = in.readLong();
      value.different = in.readInt();
      for (int j = 0; j < SEVERAL; j++) {
        value.items[j] = in.readLong();
      }
    }
  }
}
