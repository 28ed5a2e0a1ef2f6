package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one logging policy showed in one segment, and the tests of its propensities there. */
final class Cell {
  /** An item in a cell. */
  static final class Item {
    long shown;
    double inverse;
    double squared;
    double expected;

    /** The propensity logged most often for the item, by majority vote. */
    double usual;

    long votes;

    void vote(double p) {
      if (votes == 0) {
        usual = p;
      }
      votes += usual == p ? 1 : -1;
    }
  }

  /** The comparison with another version. */
  static final class Pair {
    final CellKey other;
    final long index;
    final GridEValue evidence = new GridEValue();
    long alike;

    Pair(CellKey other, long index) {
      this.other = other;
      this.index = index;
    }
  }

  /** Weight of the prior of the estimate, in events. */
  static final double PRIOR = 1;

  /** Events of a cell before its estimate is used. */
  static final long START = 50;

  private static final double ROW_PRIOR = 5;

  final long index;
  final Map<String, Item> items = new LinkedHashMap<>();
  final Map<CellKey, Pair> pairs = new LinkedHashMap<>();
  final GridEValue calibration = new GridEValue();
  final GridEValue rows = new GridEValue();
  long n;
  long rowEvents;

  Cell(long index) {
    this.index = index;
  }

  /**
   * Estimated probability of an item from earlier events. Sums to at most 1 over the items that
   * could be shown.
   *
   * @param choices how many items could be shown; 0 when not known
   */
  double estimate(String item, int choices) {
    Item known = items.get(item);
    double prior = choices == 0 ? 0 : PRIOR / choices;
    return ((known == null ? 0 : known.shown) + prior) / (n + PRIOR);
  }

  /**
   * Correction of an item's row entries: how often it was shown by how often it should have been.
   */
  double correction(String item) {
    Item known = items.get(item);
    return known == null ? 1 : (known.shown + ROW_PRIOR) / (known.expected + ROW_PRIOR);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(index);
    out.writeLong(n);
    out.writeLong(rowEvents);
    calibration.write(out);
    rows.write(out);
    out.writeInt(items.size());
    for (Map.Entry<String, Item> entry : items.entrySet()) {
      out.writeUTF(entry.getKey());
      Item item = entry.getValue();
      out.writeLong(item.shown);
      out.writeDouble(item.inverse);
      out.writeDouble(item.squared);
      out.writeDouble(item.expected);
      out.writeDouble(item.usual);
      out.writeLong(item.votes);
    }
    out.writeInt(pairs.size());
    for (Pair pair : pairs.values()) {
      pair.other.write(out);
      out.writeLong(pair.index);
      out.writeLong(pair.alike);
      pair.evidence.write(out);
    }
  }

  static Cell read(DataInput in) throws IOException {
    Cell cell = new Cell(in.readLong());
    cell.n = in.readLong();
    cell.rowEvents = in.readLong();
    cell.calibration.read(in);
    cell.rows.read(in);
    for (int k = in.readInt(); k > 0; k--) {
      Item item = new Item();
      cell.items.put(in.readUTF(), item);
      item.shown = in.readLong();
      item.inverse = in.readDouble();
      item.squared = in.readDouble();
      item.expected = in.readDouble();
      item.usual = in.readDouble();
      item.votes = in.readLong();
    }
    for (int k = in.readInt(); k > 0; k--) {
      Pair pair = new Pair(CellKey.read(in), in.readLong());
      pair.alike = in.readLong();
      pair.evidence.read(in);
      cell.pairs.put(pair.other, pair);
    }
    return cell;
  }
}
