package hindcast.connectors.logs;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.feedback.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The actions of one decision as items: which could have been shown, with which probabilities, and
 * which was. See {@link DsJsonFormat} for the fields.
 *
 * @param items the eligible items, each once
 * @param row the probability of each; null where the log has none
 * @param shown the item that was shown
 * @param propensity its probability in (0, 1]; null where not known
 */
record DsJsonActions(List<String> items, double[] row, String shown, Double propensity) {
  private static final double ROUNDING = 1e-6;

  /**
   * The actions of a decision.
   *
   * @param names the items of all actions, by number from 1; empty where only their numbers are
   *     known
   */
  static DsJsonActions of(JsonNode event, List<String> names) throws LineRejectedException {
    JsonNode multi = event.path("c").path("_multi");
    double[] p = numbers(event, "p");
    int[] actions = actions(event, multi, p);
    if (p != null && p.length != actions.length) {
      throw DsJsonFields.malformed(
          "p", "must have a probability for each of " + actions.length + " actions: " + p.length);
    }
    List<String> items = new ArrayList<>(actions.length);
    for (int action : actions) {
      items.add(item(names, action));
    }
    int place = place(actions, shown(event, actions));
    return new DsJsonActions(
        items, p, items.get(place), propensity(event, p == null ? null : p[place]));
  }

  private static int place(int[] actions, int action) throws LineRejectedException {
    for (int k = 0; k < actions.length; k++) {
      if (actions[k] == action) {
        return k;
      }
    }
    throw new LineRejectedException(
        Rejection.ITEM_NOT_ELIGIBLE,
        "the shown action must be one of the " + actions.length + " of a: " + action);
  }

  private static Double propensity(JsonNode event, Double ofRow) throws LineRejectedException {
    if (DsJsonFields.isGiven(event, "_label_probability")) {
      return usable(DsJsonFields.number(event, "_label_probability"));
    }
    return ofRow == null ? null : usable(ofRow);
  }

  private static double usable(double propensity) throws LineRejectedException {
    if (!(propensity > 0 && propensity <= 1 + ROUNDING)) {
      throw new LineRejectedException(
          Rejection.INVALID_PROPENSITY, "propensity must be in (0, 1]: " + propensity);
    }
    return Math.min(1, propensity);
  }

  private static int shown(JsonNode event, int[] actions) throws LineRejectedException {
    if (DsJsonFields.isGiven(event, "_label_Action")) {
      return DsJsonFields.integer(event.path("_label_Action"), "_label_Action");
    }
    return DsJsonFields.isGiven(event, "_labelIndex")
        ? 1 + DsJsonFields.integer(event.path("_labelIndex"), "_labelIndex")
        : actions[0];
  }

  private static int[] actions(JsonNode event, JsonNode multi, double[] p)
      throws LineRejectedException {
    int named = multi.isArray() ? multi.size() : Integer.MAX_VALUE;
    if (!DsJsonFields.isGiven(event, "a")) {
      return all(multi.isArray() ? named : p == null ? 0 : p.length);
    }
    JsonNode list = event.path("a");
    if (!list.isArray() || list.isEmpty()) {
      throw DsJsonFields.malformed("a", "must be a list of actions");
    }
    int[] actions = new int[list.size()];
    Set<Integer> seen = new HashSet<>();
    for (int k = 0; k < actions.length; k++) {
      actions[k] = DsJsonFields.integer(list.path(k), "a");
      if (actions[k] < 1 || actions[k] > named || !seen.add(actions[k])) {
        throw DsJsonFields.malformed(
            "a", "must hold numbers of actions, from 1, each once: " + actions[k]);
      }
    }
    return actions;
  }

  private static int[] all(int count) throws LineRejectedException {
    if (count == 0) {
      throw new LineRejectedException(
          Rejection.MISSING_FIELD, "a decision must have actions: a, p and c._multi are missing");
    }
    int[] actions = new int[count];
    for (int k = 0; k < count; k++) {
      actions[k] = k + 1;
    }
    return actions;
  }

  private static double[] numbers(JsonNode event, String name) throws LineRejectedException {
    if (!DsJsonFields.isGiven(event, name)) {
      return null;
    }
    JsonNode list = event.path(name);
    if (!list.isArray()) {
      throw DsJsonFields.malformed(name, "must be a list of numbers");
    }
    double[] numbers = new double[list.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = DsJsonFields.numeric(list.path(k), name);
    }
    return numbers;
  }

  private static String item(List<String> names, int action) {
    return names.isEmpty() ? Integer.toString(action) : names.get(action - 1);
  }

  /** The items of all actions, by number from 1; empty where there are none. */
  static List<String> names(JsonNode multi) throws LineRejectedException {
    Set<String> taken = new LinkedHashSet<>();
    for (int k = 0; multi.isArray() && k < multi.size(); k++) {
      String name = name(multi.path(k), k + 1);
      while (!taken.add(name)) {
        name = name + "#" + (k + 1);
      }
    }
    return List.copyOf(taken);
  }

  private static String name(JsonNode features, int action) throws LineRejectedException {
    String tag = features.path("_tag").asText();
    String id = features.path("i").path("id").asText();
    String name = !tag.isEmpty() ? tag : !id.isEmpty() ? id : Integer.toString(action);
    return DsJsonFields.whole(name, "c._multi");
  }
}
