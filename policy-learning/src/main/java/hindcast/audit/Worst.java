package hindcast.audit;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@value #MOST} findings of a kind whose first number is largest; each says in {@code alike}
 * how many there are.
 */
final class Worst {
  private static final int MOST = 10;

  private Worst() {}

  static void first(List<Finding> found, List<Finding> into) {
    found.stream()
        .sorted(Comparator.comparingDouble((Finding f) -> -strength(f)))
        .limit(MOST)
        .map(f -> alike(f, found.size()))
        .forEach(into::add);
  }

  private static double strength(Finding finding) {
    return finding.evidence().values().iterator().next();
  }

  private static Finding alike(Finding finding, int count) {
    Map<String, Double> evidence = new LinkedHashMap<>(finding.evidence());
    evidence.put("alike", (double) count);
    return new Finding(
        finding.kind(),
        finding.severity(),
        finding.segment(),
        finding.item(),
        finding.policy(),
        evidence);
  }
}
