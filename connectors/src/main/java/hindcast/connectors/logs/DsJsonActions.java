package hindcast.connectors.logs;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.feedback.Rejection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  static DsJsonActions of(JsonNode event) throws LineRejectedException {
    JsonNode multi = event.path("c").path("_multi");
    double[] p = numbers(event, "p");
    int[] actions = actions(event, multi, p);
    if (p != null && p.length != actions.length) {
      throw DsJsonFields.malformed(
          "p", "must have a probability for each of " + actions.length + " actions: " + p.length);
    }
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int k = 0; k < actions.length; k++) {
      sums.merge(item(multi, actions[k]), p == null ? 0 : p[k], Double::sum);
    }
    int action = shown(event, actions);
    String shown = item(multi, action);
    int places = 0;
    for (int other : actions) {
      places += item(multi, other).equals(shown) ? 1 : 0;
    }
    if (places == 0) {
      throw new LineRejectedException(
          Rejection.ITEM_NOT_ELIGIBLE,
          "the shown action must be one of the " + actions.length + " of a: " + action);
    }
    return new DsJsonActions(
        List.copyOf(sums.keySet()),
        p == null ? null : sums.values().stream().mapToDouble(Double::doubleValue).toArray(),
        shown,
        propensity(event, places, p == null ? null : sums.get(shown)));
  }

  private static Double propensity(JsonNode event, int places, Double ofRow)
      throws LineRejectedException {
    boolean labelled = DsJsonFields.isGiven(event, "_label_probability");
    Double propensity = ofRow;
    if (labelled) {
      double label = usable(DsJsonFields.number(event, "_label_probability"));
      propensity = places == 1 ? Double.valueOf(label) : ofRow;
    }
    return propensity == null ? null : usable(propensity);
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

  private static String item(JsonNode multi, int action) throws LineRejectedException {
    JsonNode features = multi.path(action - 1);
    String tag = features.path("_tag").asText();
    String id = features.path("i").path("id").asText();
    String name = !tag.isEmpty() ? tag : !id.isEmpty() ? id : Integer.toString(action);
    return DsJsonFields.whole(name, "c._multi");
  }
}
