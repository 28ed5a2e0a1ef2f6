package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Logged against estimated propensities, for each (policy version, segment) cell.
 *
 * <p>Let q be any policy that was fixed before an event, such as the estimate from earlier events
 * of the cell. Its importance weight {@code q(a) / p} has a mean of at most 1 if propensities are
 * right, and a larger one if q is nearer to what really serves than p is. Three such q:
 *
 * <ul>
 *   <li>the shares of items in the cell so far;
 *   <li>where rows are logged, the row with each entry multiplied by how often its item was shown
 *       and divided by how often it should have been, made a distribution again;
 *   <li>the shares of items in the same segment under another version, over each segment, over all
 *       of them, and over all versions: {@link FindingKind#VERSION_SKEW}. Records whose propensity
 *       is exactly the other version's usual one, and not near the estimate, are the other sign of
 *       it.
 * </ul>
 *
 * <p>A context-free estimate sees what is wrong with a segment's items, not with single contexts;
 * {@link ContextCalibration} looks at those.
 */
final class Calibration implements Check {
  private static final int SIBLINGS = 3;
  private static final int LONGEST_SET = 256;
  private static final long ENOUGH_SHOWN = 50;
  private static final double FAR = 0.3;
  private static final double ALIKE_SHARE = 0.02;

  private final AuditSettings settings;
  private final Family family;
  private final RowCheck rows;
  private final LinkedHashMap<CellKey, Cell> cells = new LinkedHashMap<>(64, 0.75f, true);
  private final LinkedHashMap<VersionPair.Key, VersionPair> versions =
      new LinkedHashMap<>(64, 0.75f, true);
  private VersionPair allVersions = new VersionPair(1);
  private long cellsOpened;
  private long pairsOpened = 1;
  private int items;

  Calibration(AuditSettings settings, Family family, RowCheck rows) {
    this.settings = settings;
    this.family = family;
    this.rows = rows;
  }

  @Override
  public void add(AuditedFeedback event) {
    if (!event.hasLoggedPropensity()) {
      return;
    }
    CellKey key = new CellKey(event.servedBy(), event.feedback().segment());
    Cell cell = cells.get(key);
    if (cell == null) {
      cell = open(key);
    }
    if (cell.n >= Cell.START) {
      test(cell, event);
    }
    boolean row = rows.isSound(event);
    if (row && cell.rowEvents >= Cell.START) {
      cell.rows.add(rowWeight(cell, event));
    }
    count(cell, event, row);
  }

  private void test(Cell cell, AuditedFeedback event) {
    double p = event.propensity();
    String item = event.feedback().itemId();
    double own = estimate(cell, event) / p;
    cell.calibration.add(own);
    if (cell.pairs.isEmpty()) {
      return;
    }
    Cell.Item known = cell.items.get(item);
    boolean far =
        known != null
            && known.shown >= ENOUGH_SHOWN
            && Math.abs(Math.log(p * cell.n / known.shown)) > FAR;
    double sum = 0;
    int others = 0;
    for (Cell.Pair pair : cell.pairs.values()) {
      Cell other = cells.get(pair.other);
      if (other.n >= Cell.START) {
        double weight = other.estimate(item, choices(event)) / p;
        pair.evidence.add(weight);
        sum += weight;
        others++;
        versions(event.servedBy(), pair.other.servedBy()).add(weight, own);
        Cell.Item there = other.items.get(item);
        pair.alike += far && there != null && there.usual == p ? 1 : 0;
      }
    }
    if (others > 0) {
      allVersions.add(sum / others, own);
    }
  }

  /** The estimate, over the eligible items where there are few enough to look at each. */
  private double estimate(Cell cell, AuditedFeedback event) {
    List<String> eligible = event.feedback().eligibleItemIds();
    String item = event.feedback().itemId();
    double whole = cell.estimate(item, choices(event));
    if (eligible == null || eligible.size() > LONGEST_SET) {
      return whole;
    }
    double sum = 0;
    for (String candidate : eligible) {
      sum += cell.estimate(candidate, eligible.size());
    }
    return whole / Math.max(sum, whole);
  }

  private int choices(AuditedFeedback event) {
    List<String> eligible = event.feedback().eligibleItemIds();
    return eligible == null ? settings.catalogueSize() : eligible.size();
  }

  /** {@code q(a) / p} of the corrected row at the shown item. */
  private static double rowWeight(Cell cell, AuditedFeedback event) {
    List<String> eligible = event.feedback().eligibleItemIds();
    double[] row = event.row();
    double sum = 0;
    double total = 0;
    for (int k = 0; k < row.length; k++) {
      sum += row[k] * cell.correction(eligible.get(k));
      total += row[k];
    }
    return cell.correction(event.feedback().itemId()) * total / sum;
  }

  private void count(Cell cell, AuditedFeedback event, boolean row) {
    cell.n++;
    Cell.Item shown = item(cell, event.feedback().itemId());
    if (shown != null) {
      double inverse = 1 / event.propensity();
      shown.shown++;
      shown.inverse += inverse;
      shown.squared += inverse * inverse;
      shown.vote(event.propensity());
    }
    if (row) {
      cell.rowEvents++;
      List<String> eligible = event.feedback().eligibleItemIds();
      for (int k = 0; k < eligible.size(); k++) {
        Cell.Item item = item(cell, eligible.get(k));
        if (item != null) {
          item.expected += event.row()[k];
        }
      }
    }
  }

  /** The item's entry, a new one while there is room; else null. */
  private Cell.Item item(Cell cell, String id) {
    Cell.Item item = cell.items.get(id);
    if (item == null && items < settings.items()) {
      item = new Cell.Item();
      cell.items.put(id, item);
      items++;
    }
    return item;
  }

  private VersionPair versions(String servedBy, String other) {
    VersionPair.Key key = new VersionPair.Key(servedBy, other);
    VersionPair pair = versions.get(key);
    if (pair == null) {
      if (versions.size() >= settings.cells()) {
        Iterator<VersionPair.Key> quietest = versions.keySet().iterator();
        quietest.next();
        quietest.remove();
      }
      pair = new VersionPair(++pairsOpened);
      versions.put(key, pair);
    }
    return pair;
  }

  private Cell open(CellKey key) {
    if (cells.size() >= settings.cells()) {
      forgetQuietest();
    }
    Cell cell = new Cell(++cellsOpened);
    List<CellKey> siblings = new ArrayList<>();
    for (CellKey other : cells.keySet()) {
      if (other.segment().equals(key.segment())) {
        siblings.add(other);
      }
    }
    int from = Math.max(0, siblings.size() - SIBLINGS);
    for (CellKey other : siblings.subList(from, siblings.size())) {
      pair(cell, other);
      Cell sibling = cells.get(other);
      if (sibling.pairs.size() < SIBLINGS) {
        pair(sibling, key);
      }
    }
    cells.put(key, cell);
    return cell;
  }

  private void pair(Cell cell, CellKey other) {
    cell.pairs.put(other, new Cell.Pair(other, ++pairsOpened));
  }

  private void forgetQuietest() {
    Iterator<Map.Entry<CellKey, Cell>> quietest = cells.entrySet().iterator();
    Map.Entry<CellKey, Cell> entry = quietest.next();
    quietest.remove();
    items -= entry.getValue().items.size();
    for (Cell cell : cells.values()) {
      cell.pairs.remove(entry.getKey());
    }
  }

  @Override
  public void findings(List<Finding> into) {
    List<Finding> skewed = new ArrayList<>();
    List<Finding> wrong = new ArrayList<>();
    for (Map.Entry<CellKey, Cell> entry : cells.entrySet()) {
      Cell cell = entry.getValue();
      double calibration = cell.calibration.logE();
      double rowEvidence = cell.rows.logE();
      double threshold = family.threshold(cell.index);
      double logE = Math.max(calibration, rowEvidence);
      boolean fails = logE >= threshold;
      Finding skew = skew(entry.getKey(), cell, calibration, calibration >= threshold);
      if (skew != null) {
        skewed.add(skew);
      } else if (fails) {
        wrong.add(
            CellEvidence.finding(entry.getKey(), cell, logE, threshold, rowEvidence > calibration));
      }
    }
    skewed(VersionPair.ALL, allVersions, skewed);
    versions.forEach((key, pair) -> skewed(key, pair, skewed));
    Worst.first(skewed, into);
    Worst.first(wrong, into);
  }

  private void skewed(VersionPair.Key key, VersionPair pair, List<Finding> into) {
    Finding skew = pair.finding(key, family.threshold(pair.index));
    if (skew != null) {
      into.add(skew);
    }
  }

  private Finding skew(CellKey key, Cell cell, double calibration, boolean fails) {
    Finding worst = null;
    for (Cell.Pair pair : cell.pairs.values()) {
      double logE = pair.evidence.logE();
      double threshold = family.threshold(pair.index);
      double alike = Shares.of(pair.alike, cell.n);
      boolean items = logE >= threshold && logE > calibration;
      boolean propensities = (fails || logE >= threshold) && alike >= ALIKE_SHARE;
      double strength = Math.max(logE, fails ? calibration : 0);
      if ((items || propensities) && (worst == null || strength > worst.evidence().get("logE"))) {
        worst =
            new Finding(
                FindingKind.VERSION_SKEW,
                Severity.CRITICAL,
                key.segment(),
                "",
                key.servedBy(),
                Evidence.of("logE", strength)
                    .and("threshold", threshold)
                    .and("shareWithPropensitiesOfOther", alike)
                    .and("otherVersion", CellEvidence.version(pair.other.servedBy()))
                    .and("records", cell.n)
                    .numbers());
      }
    }
    return worst;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(cellsOpened);
    out.writeLong(pairsOpened);
    out.writeInt(items);
    out.writeInt(cells.size());
    for (Map.Entry<CellKey, Cell> entry : cells.entrySet()) {
      entry.getKey().write(out);
      entry.getValue().write(out);
    }
    allVersions.write(out);
    out.writeInt(versions.size());
    for (Map.Entry<VersionPair.Key, VersionPair> entry : versions.entrySet()) {
      out.writeUTF(entry.getKey().servedBy());
      out.writeUTF(entry.getKey().other());
      entry.getValue().write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    cells.clear();
    cellsOpened = in.readLong();
    pairsOpened = in.readLong();
    items = in.readInt();
    for (int k = in.readInt(); k > 0; k--) {
      CellKey key = CellKey.read(in);
      cells.put(key, Cell.read(in));
    }
    allVersions = VersionPair.read(in);
    versions.clear();
    for (int k = in.readInt(); k > 0; k--) {
      VersionPair.Key key = new VersionPair.Key(in.readUTF(), in.readUTF());
      versions.put(key, VersionPair.read(in));
    }
  }
}
