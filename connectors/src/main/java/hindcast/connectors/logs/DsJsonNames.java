package hindcast.connectors.logs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which item each number of an action is, as long as it is the same in every decision. */
final class DsJsonNames {
  /** By number from 1; null for a number that was another item before. */
  private final List<String> items = new ArrayList<>();

  /** The items of the actions of one decision, in the order of their numbers. */
  void add(List<String> names) {
    for (int k = 0; k < names.size(); k++) {
      if (k == items.size()) {
        items.add(names.get(k));
      } else if (!names.get(k).equals(items.get(k))) {
        items.set(k, null);
      }
    }
  }

  /** Number to item. */
  Map<String, String> ofNumbers() {
    Map<String, String> ofNumbers = new LinkedHashMap<>();
    for (int k = 0; k < items.size(); k++) {
      if (items.get(k) != null) {
        ofNumbers.put(Integer.toString(k + 1), items.get(k));
      }
    }
    return ofNumbers;
  }
}
