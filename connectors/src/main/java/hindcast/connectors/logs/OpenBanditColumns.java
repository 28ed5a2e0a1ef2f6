package hindcast.connectors.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the columns of an Open Bandit log are, by the names in its header. Affinity columns are in
 * the order of the items they are for, wherever they stand in the file.
 */
final class OpenBanditColumns {
  private static final String USER_FEATURE = "user_feature_";
  private static final String AFFINITY = "user-item_affinity_";

  final int count;
  final List<String> names;
  final int timestamp;
  final int itemId;
  final int position;
  final int click;
  final int propensity;
  final int[] userFeatures;
  final int[] affinities;
  final List<String> affinityItems;

  /**
   * @throws IllegalArgumentException if a column is missing or named twice
   */
  OpenBanditColumns(List<String> header) {
    names = header.stream().map(String::trim).toList();
    count = names.size();
    List<String> missing = new ArrayList<>();
    timestamp = find("timestamp", missing);
    itemId = find("item_id", missing);
    position = find("position", missing);
    click = find("click", missing);
    propensity = find("propensity_score", missing);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("header must name the columns " + missing);
    }
    userFeatures = all(USER_FEATURE);
    Map<String, Integer> byItem = new HashMap<>();
    for (int column : all(AFFINITY)) {
      if (byItem.put(names.get(column).substring(AFFINITY.length()), column) != null) {
        throw new IllegalArgumentException(
            "header must name column " + names.get(column) + " once");
      }
    }
    affinityItems = IdOrder.sorted(byItem.keySet());
    affinities = affinityItems.stream().mapToInt(byItem::get).toArray();
  }

  private int find(String name, List<String> missing) {
    int column = names.indexOf(name);
    if (column < 0) {
      missing.add(name);
    } else if (column != names.lastIndexOf(name)) {
      throw new IllegalArgumentException("header must name column " + name + " once");
    }
    return column;
  }

  private int[] all(String prefix) {
    List<Integer> columns = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      if (names.get(column).startsWith(prefix)) {
        columns.add(column);
      }
    }
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }
}
