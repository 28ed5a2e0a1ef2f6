package hindcast.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The item a {@link TablePolicy} shows most in a segment, among the eligible ones; of equals the
 * first by its id as text. None in a segment the table has no eligible item of with a probability
 * above 0.
 */
public final class MostProbableItem implements EpsilonGreedyPolicy.Choice {
  private record Cell(String item, double probability) {}

  private static final Comparator<Cell> MOST_FIRST =
      Comparator.comparingDouble(Cell::probability).reversed().thenComparing(Cell::item);

  private final Map<String, List<Cell>> ranked = new HashMap<>();

  /** The choice of a table. */
  public MostProbableItem(TablePolicy table) {
    table
        .probabilities()
        .forEach(
            (key, probability) -> {
              if (probability > 0) {
                ranked
                    .computeIfAbsent(key.segment(), segment -> new ArrayList<>())
                    .add(new Cell(key.itemId(), probability));
              }
            });
    ranked.values().forEach(cells -> cells.sort(MOST_FIRST));
  }

  @Override
  public String best(String segment, List<String> eligible) {
    for (Cell cell : ranked.getOrDefault(segment, List.of())) {
      if (eligible == null || eligible.contains(cell.item())) {
        return cell.item();
      }
    }
    return null;
  }
}
