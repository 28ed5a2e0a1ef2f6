package hindcast.local.screen;

import hindcast.avro.ValueEstimate;
import hindcast.interval.SimultaneousLevel;
import hindcast.local.results.ResultBoard;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line for each grid: the best of its candidates by SNIPS, and the level of their intervals.
 */
public final class GridLines {
  private static final String ESTIMATOR = "SNIPS";

  private GridLines() {}

  /** The lines, by grid; none where there are no grids. */
  public static List<String> of(ResultBoard results) {
    Map<String, ValueEstimate> any = new TreeMap<>();
    results.headlines().stream()
        .filter(estimate -> estimate.getCandidates() > 1)
        .forEach(estimate -> any.put(estimate.getGrid(), estimate));
    return any.values().stream().map(one -> line(results, one)).toList();
  }

  private static String line(ResultBoard results, ValueEstimate one) {
    String grid =
        String.format(
            Locale.ROOT,
            "%s: best of %,d candidates, intervals at %.4g %%: ",
            one.getGrid(),
            one.getCandidates(),
            100 * new SimultaneousLevel(one.getCandidates()).level());
    return grid
        + best(results, one.getGrid())
            .map(
                best ->
                    best.getPolicy()
                        + " "
                        + Numbers.value(best.getValue())
                        + " "
                        + Numbers.interval(best.getLower(), best.getUpper())
                        + " (SNIPS)")
            .orElse("none has enough support");
  }

  private static Optional<ValueEstimate> best(ResultBoard results, String grid) {
    return results.headlines().stream()
        .filter(estimate -> estimate.getGrid().equals(grid))
        .filter(estimate -> estimate.getEstimator().equals(ESTIMATOR))
        .filter(ValueEstimate::getSupported)
        .filter(estimate -> estimate.getUnreliable().isEmpty())
        .max(Comparator.comparingDouble(ValueEstimate::getValue));
  }
}
