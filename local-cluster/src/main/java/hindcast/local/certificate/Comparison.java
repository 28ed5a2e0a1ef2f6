package hindcast.local.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is the same in two certificates and what differs, by name and number. */
public final class Comparison {
  private static final int SHOWN = 12;
  private static final String NONE = "(none)";

  private final Certificate before;
  private final Certificate now;

  /**
   * @param before the certificate that is verified
   * @param now the certificate of the repetition
   */
  public Comparison(Certificate before, Certificate now) {
    this.before = before;
    this.now = now;
  }

  /** Whether every compared part is the same. */
  public boolean isSame() {
    for (Section section : Section.values()) {
      if (!differences(section).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The differences of one part, {@code entry: field before -> now}; empty if it is the same. */
  public List<String> differences(Section section) {
    return differences(before.entries(section), now.entries(section));
  }

  /** The differences of inputs as they are now, which can be told before the run. */
  public static List<String> inputs(Certificate before, List<InputFile> inputs) {
    return differences(before.entries(Section.INPUTS), Certificate.inputs(inputs));
  }

  /** One line for each part, each followed by its differences; then what the environment was. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Section section : Section.values()) {
      List<String> found = differences(section);
      int entries = Math.max(before.entries(section).size(), now.entries(section).size());
      lines.add(
          found.isEmpty()
              ? "%-14s same: %,d, sha256 %.12s".formatted(section.key(), entries, sha(section))
              : "%-14s DIFFERS in %,d numbers or names".formatted(section.key(), found.size()));
      found.stream().limit(SHOWN).forEach(line -> lines.add("    " + line));
      if (found.size() > SHOWN) {
        lines.add("    and %,d more".formatted(found.size() - SHOWN));
      }
    }
    for (String difference : differences(before.environment(), now.environment())) {
      lines.add("environment, not compared: " + difference);
    }
    return lines;
  }

  private String sha(Section section) {
    return now.sha256(section);
  }

  private static List<String> differences(JsonNode before, JsonNode now) {
    return differences(before, now, "in the certificate");
  }

  /**
   * The differences of two parts.
   *
   * @param where what {@code before} stands in
   */
  static List<String> differences(JsonNode before, JsonNode now, String where) {
    List<String> found = new ArrayList<>();
    for (String entry : names(before, now)) {
      JsonNode one = before.path(entry);
      JsonNode other = now.path(entry);
      if (one.isObject() && other.isObject()) {
        for (String field : names(one, other)) {
          add(found, entry + ": " + field + " ", one.path(field), other.path(field), where);
        }
      } else {
        add(found, entry + ": ", one, other, where);
      }
    }
    return found;
  }

  private static void add(
      List<String> found, String name, JsonNode one, JsonNode other, String where) {
    if (!isSame(one, other)) {
      found.add(name + text(one) + " " + where + ", " + text(other) + " now");
    }
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return (one.isNumber() && other.isNumber())
        ? Double.compare(one.doubleValue(), other.doubleValue()) == 0
        : one.equals(other);
  }

  private static Set<String> names(JsonNode one, JsonNode other) {
    Set<String> names = new TreeSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode()) {
      return NONE;
    }
    return node.isObject() ? "present" : node.asText();
  }
}
