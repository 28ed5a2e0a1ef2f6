package hindcast.connectors.logs;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields that one section names for the lines of one file, each with its slot, and how those
 * lines are split. A field is a text, or a section that names it as {@code column} in csv and
 * {@code field} in JSON lines.
 */
final class MappingFields {
  private static final int MOST_COLUMNS = 100_000;

  private final boolean csv;
  private final boolean header;
  private final CsvLine layout;
  private final List<String> names = new ArrayList<>();

  /**
   * @param tree the section that may say how lines are split, under {@code csv}
   */
  MappingFields(boolean csv, MappingTree tree) {
    this.csv = csv;
    MappingTree section = csv ? tree.section("csv") : null;
    header = csv && (section == null || section.flag("header", true));
    layout =
        new CsvLine(
            section == null ? ',' : delimiter(section), section == null ? '"' : quote(section));
    if (section != null) {
      section.refuseUnknown();
    }
  }

  private static char delimiter(MappingTree section) {
    String text = section.text("delimiter");
    if (text == null) {
      return ',';
    }
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1) {
      section.problem("delimiter", text, "must be one character, or tab");
      return ',';
    }
    return text.charAt(0);
  }

  private static char quote(MappingTree section) {
    String text = section.text("quotes");
    if (text == null) {
      return '"';
    }
    if (text.equals("none")) {
      return CsvLine.NO_QUOTE;
    }
    if (text.length() != 1) {
      section.problem("quotes", text, "must be one character, or none");
      return '"';
    }
    return text.charAt(0);
  }

  /** What a field is called. */
  String word() {
    return csv ? "column" : "field";
  }

  MappedLines lines() {
    return new MappedLines(csv ? layout : null, header, names);
  }

  /** The slot of the field at a key; {@link Mapping#NONE} where there is none. */
  int optional(MappingTree tree, String key) {
    return tree.has(key) ? single(tree, key, "") : Mapping.NONE;
  }

  /** As {@link #required}, of a field about which nothing else can be said. */
  int single(MappingTree tree, String key, String wayOut) {
    if (tree.value(key) instanceof Map) {
      MappingTree section = tree.section(key);
      section.text(word());
      section.refuseUnknown();
    }
    return required(tree, key, wayOut);
  }

  /**
   * The slot of the field at a key.
   *
   * @param wayOut what to do where nothing is there
   */
  int required(MappingTree tree, String key, String wayOut) {
    Object value = tree.value(key);
    if (value instanceof Map) {
      MappingTree section = tree.section(key);
      String name = section.text(word());
      if (name == null) {
        section.problem(word(), null, "name the " + word());
        return 0;
      }
      return slot(section, word(), name);
    }
    if (value instanceof String name) {
      return slot(tree, key, name);
    }
    tree.problem(key, value, value == null ? wayOut : "must be one " + word());
    return 0;
  }

  /** The slots of a list of fields, of one where a single one stands. */
  List<Integer> all(MappingTree tree, String key) {
    return tree.texts(key).stream().map(name -> slot(tree, key, name)).toList();
  }

  MappedTime time(MappingTree tree, String key) {
    int slot = required(tree, key, "");
    if (!(tree.value(key) instanceof Map)) {
      return MappedTime.of(slot, "iso", ZoneOffset.UTC);
    }
    MappingTree section = tree.section(key);
    section.text(word());
    String format = section.text("format");
    String zone = section.text("zone");
    section.refuseUnknown();
    try {
      return MappedTime.of(
          slot, format == null ? "iso" : format, zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
    } catch (DateTimeException e) {
      section.problem("zone", zone, "must be a time zone such as Europe/Berlin or +09:00");
    } catch (IllegalArgumentException e) {
      section.problem(
          "format",
          format,
          "must be iso, seconds, millis, micros or a pattern such as dd.MM.yyyy HH:mm:ss: "
              + e.getMessage());
    }
    return null;
  }

  /** What is between the elements of a list that is text, as the section of the field says. */
  String separator(MappingTree section) {
    section.text(word());
    String separator = csv ? section.text("separator") : null;
    section.refuseUnknown();
    return separator == null || separator.isEmpty() ? "|" : separator;
  }

  int slot(MappingTree tree, String key, String name) {
    if (csv && !header && !name.matches("[1-9][0-9]{0,5}")) {
      tree.problem(
          key,
          name,
          "must be the number of a column, from 1 to " + MOST_COLUMNS + ", without a header");
      return 0;
    }
    int known = names.indexOf(name);
    if (known < 0) {
      names.add(name);
    }
    return known < 0 ? names.size() - 1 : known;
  }
}
