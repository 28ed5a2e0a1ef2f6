package hindcast.jobs.config;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prints a configuration as YAML with its documentation as comments. Loading the text gives the
 * same configuration, but for secrets, which print as {@code [REDACTED]}.
 */
public final class ConfigPrinter {
  private static final int WIDTH = 100;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/][A-Za-z0-9_./-]*");
  private static final Set<String> WORDS =
      Set.of("null", "yes", "no", "on", "off", "y", "n", "Null", "NULL");

  private final StringBuilder out = new StringBuilder();

  private ConfigPrinter() {}

  /** The whole configuration. */
  public static String print(PipelineConfig config) {
    ConfigPrinter printer = new ConfigPrinter();
    printer.section(config, "");
    return printer.out.toString();
  }

  private void section(Record section, String indent) {
    for (ConfigKey key : ConfigKey.of(section.getClass())) {
      Object value = key.valueIn(section);
      if (indent.isEmpty() && !out.isEmpty()) {
        out.append('\n');
      }
      comment(indent, describe(key));
      if (key.isSection()) {
        line(indent, key.name() + ":");
        section((Record) value, indent + "  ");
      } else if (value instanceof List<?> list) {
        list(key, list, indent);
      } else if (value instanceof Map<?, ?> map) {
        mapping(key.name(), map, indent);
      } else {
        line(indent, key.name() + ": " + quote(Scalars.format(value)));
      }
    }
  }

  private void list(ConfigKey key, List<?> list, String indent) {
    if (!key.isListOfSections()) {
      line(indent, key.name() + ": " + flow(list));
      return;
    }
    comment(indent, "Each element has the keys:");
    for (ConfigKey element : ConfigKey.of(key.valueType())) {
      comment(indent, "  " + element.name() + ": " + describe(element));
    }
    line(indent, key.name() + ":" + (list.isEmpty() ? " []" : ""));
    for (Object element : list) {
      String lead = "- ";
      for (ConfigKey inner : ConfigKey.of(key.valueType())) {
        line(indent + "  " + lead, inner.name() + ": " + inline(inner.valueIn((Record) element)));
        lead = "  ";
      }
    }
  }

  private void mapping(String name, Map<?, ?> map, String indent) {
    line(indent, name + ":" + (map.isEmpty() ? " {}" : ""));
    map.forEach(
        (key, value) ->
            line(
                indent + "  ",
                quote(key.toString())
                    + ": "
                    + quote(Secrets.mask(key.toString(), Scalars.format(value)))));
  }

  private static String inline(Object value) {
    if (value instanceof List<?> list) {
      return flow(list);
    } else if (value instanceof Map<?, ?> map) {
      StringBuilder text = new StringBuilder("{");
      for (Iterator<? extends Map.Entry<?, ?>> it = map.entrySet().iterator(); it.hasNext(); ) {
        Map.Entry<?, ?> entry = it.next();
        text.append(quote(entry.getKey().toString()))
            .append(": ")
            .append(quote(Scalars.format(entry.getValue())))
            .append(it.hasNext() ? ", " : "");
      }
      return text.append("}").toString();
    }
    return quote(Scalars.format(value));
  }

  private static String flow(List<?> list) {
    return list.stream()
        .map(value -> quote(Scalars.format(value)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String describe(ConfigKey key) {
    String fallback = key.key().value();
    if (key.isSection()) {
      return key.key().doc();
    } else if (key.isRequired()) {
      return key.key().doc() + " Required.";
    }
    return key.key().doc() + " Default: " + (fallback.isEmpty() ? "empty." : fallback + ".");
  }

  /** Wraps to the width, each line indented as the text is. */
  private void comment(String indent, String text) {
    String hang = text.startsWith("  ") ? "      " : "";
    StringBuilder line = new StringBuilder(indent + "#" + (text.startsWith("  ") ? "  " : ""));
    for (String word : text.trim().split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        out.append(line).append('\n');
        line = new StringBuilder(indent + "#" + hang);
      }
      line.append(' ').append(word);
    }
    out.append(line).append('\n');
  }

  private void line(String indent, String text) {
    out.append(indent).append(text).append('\n');
  }

  private static String quote(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text)) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0xfeff) {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
