package hindcast.connectors.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The slots of a line of a conditional contextual bandit, each as the decision it would be on a
 * line of its own. Of the outcome of slot k:
 *
 * <ul>
 *   <li>{@code _a}: the chosen action, from 0, and behind it the others it was chosen from; or the
 *       chosen one alone: then it was chosen from those the slot may show ({@code _inc} of {@code
 *       c._slots}, else all) without those of the slots before it
 *   <li>{@code _p}: their probabilities, the first of the chosen one; or that one alone
 *   <li>{@code _label_cost}, else the observations {@code _o}: objects, or numbers as their {@code
 *       v}
 * </ul>
 */
final class DsJsonSlots {
  private static final int MOST_CHOICES = 1_000_000;
  private static final String OUTCOMES = "_outcomes";
  private static final String[] OF_LINE = {"c", "VWState", "DeferredAction", "_skipLearn", "pdrop"};
  private static final String[] OF_SLOT = {"_label_cost", "_skipLearn"};

  private DsJsonSlots() {}

  /** Whether a line has slots. */
  static boolean has(JsonNode event) {
    return event.has(OUTCOMES);
  }

  /** The features of a slot; missing where it has none. */
  static JsonNode features(JsonNode event, int slot) {
    return event.path("c").path("_slots").path(slot);
  }

  /** The decisions, in the order of the slots; at least one. */
  static List<JsonNode> decisions(JsonNode event) throws LineRejectedException {
    JsonNode outcomes = event.path(OUTCOMES);
    JsonNode multi = event.path("c").path("_multi");
    if (!outcomes.isArray() || outcomes.isEmpty()) {
      throw DsJsonFields.malformed(OUTCOMES, "must be a list with the outcome of each slot");
    }
    if ((long) outcomes.size() * Math.max(1, multi.size()) > MOST_CHOICES) {
      throw DsJsonFields.malformed(
          OUTCOMES, "must have at most " + MOST_CHOICES + " slots times actions");
    }
    if (multi.path(0).has("_slot_id")) {
      throw DsJsonFields.malformed(
          OUTCOMES, "must be of slots with a cost each: a slate has one for all of its slots");
    }
    List<JsonNode> decisions = new ArrayList<>();
    Set<Integer> taken = new LinkedHashSet<>();
    for (int slot = 0; slot < outcomes.size(); slot++) {
      decisions.add(decision(event, outcomes.path(slot), slot, taken));
      JsonNode chosen = outcomes.path(slot).path("_a");
      chosen = chosen.isArray() ? chosen.path(0) : chosen;
      if (chosen.isInt()) {
        taken.add(chosen.intValue());
      }
    }
    return decisions;
  }

  private static JsonNode decision(JsonNode event, JsonNode outcome, int slot, Set<Integer> taken) {
    ObjectNode decision = JsonNodeFactory.instance.objectNode();
    copy(event, decision, OF_LINE);
    copy(outcome, decision, OF_SLOT);
    JsonNode chosen = outcome.path("_a");
    decision.set(
        "a", fromOne(chosen.isInt() ? choices(event, chosen.intValue(), slot, taken) : chosen));
    JsonNode p = outcome.path("_p");
    if (p.isArray()) {
      decision.set("p", p);
    } else if (p.isNumber()) {
      decision.set("_label_probability", p);
    }
    decision.set("o", observations(outcome.path("_o")));
    return decision;
  }

  private static void copy(JsonNode from, ObjectNode to, String... names) {
    for (String name : names) {
      if (DsJsonFields.isGiven(from, name)) {
        to.set(name, from.path(name));
      }
    }
  }

  /** What a slot chose from, the chosen action first. */
  private static JsonNode choices(JsonNode event, int chosen, int slot, Set<Integer> taken) {
    Set<Integer> choices = new LinkedHashSet<>();
    choices.add(chosen);
    JsonNode included = features(event, slot).path("_inc");
    int count = included.isArray() ? included.size() : event.path("c").path("_multi").size();
    for (int k = 0; k < count; k++) {
      int action = included.isArray() ? included.path(k).asInt(-1) : k;
      if (!taken.contains(action)) {
        choices.add(action);
      }
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    choices.forEach(list::add);
    return list;
  }

  /** Actions are counted from 0 here, and from 1 on the lines of single decisions. */
  private static JsonNode fromOne(JsonNode actions) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode action : actions) {
      if (action.isInt() && action.intValue() < Integer.MAX_VALUE) {
        list.add(action.intValue() + 1);
      } else {
        list.add(action);
      }
    }
    return list;
  }

  private static JsonNode observations(JsonNode observations) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode observation : observations) {
      if (observation.isNumber()) {
        list.addObject().set("v", observation);
      } else {
        list.add(observation);
      }
    }
    return list;
  }
}
