package hindcast.audit;

import java.util.Map;

/** What a cell says about its worst item, in numbers. */
final class CellEvidence {
  private CellEvidence() {}

  /** A finding about a cell whose propensities do not hold, with the item that is furthest off. */
  static Finding finding(CellKey key, Cell cell, double logE, double threshold, boolean fromRows) {
    String worst = "";
    double worstZ = 0;
    for (Map.Entry<String, Cell.Item> entry : cell.items.entrySet()) {
      double z = fromRows ? rowZ(entry.getValue()) : inverseZ(entry.getValue(), cell.n);
      if (worst.isEmpty() || z > worstZ) {
        worst = entry.getKey();
        worstZ = z;
      }
    }
    Evidence evidence =
        Evidence.of("logE", logE)
            .and("threshold", threshold)
            .and("records", cell.n)
            .and("z", worstZ);
    Cell.Item item = cell.items.get(worst);
    if (item != null && item.shown > 0) {
      evidence.and("estimatedPropensity", Shares.of(item.shown, cell.n));
      evidence.and(
          "loggedPropensity",
          fromRows ? item.expected / cell.rowEvents : item.shown / item.inverse);
    }
    return new Finding(
        FindingKind.CALIBRATION,
        Severity.CRITICAL,
        key.segment(),
        worst,
        key.servedBy(),
        evidence.numbers());
  }

  private static double rowZ(Cell.Item item) {
    return Math.abs(item.shown - item.expected) / Math.sqrt(Math.max(item.expected, 1e-9));
  }

  private static double inverseZ(Cell.Item item, long n) {
    double mean = item.inverse / n;
    double variance = Math.max(item.squared / n - mean * mean, Double.MIN_NORMAL);
    return (mean - 1) / Math.sqrt(variance / n);
  }

  /** The version in {@code id@version}. */
  static double version(String servedBy) {
    return Long.parseLong(servedBy.substring(servedBy.lastIndexOf('@') + 1));
  }
}
