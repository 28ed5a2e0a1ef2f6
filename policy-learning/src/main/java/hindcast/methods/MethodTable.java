package hindcast.methods;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes methods as tables, one for each kind; columns without a word are left out. */
public final class MethodTable {

  private record Column(String title, Function<Method, String> text) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", Method::name),
          new Column("also called", Method::aliases),
          new Column("formula", Method::formula),
          new Column("parameters", Method::parameters),
          new Column("needs", Method::needs),
          new Column("merges", Method::merges),
          new Column("use", Method::use),
          new Column("source", Method::source));

  private static final String PREAMBLE =
      """
      # Methods

      Every method of the library, from the code: `./hindcast methods --markdown > docs/methods.md` writes this file.

      * w = pi / p: policy over propensity; r: reward; q, qpi: predicted reward of the logged item, and its mean under the policy; \
      U: standard deviation of log p; phi*: the factor of UIPS.
      * also called: names in papers and other libraries. BIPS and IPS-GT are IPS, with estimated and with true propensities.
      * parameters: with their defaults; those without one must be given.
      * needs: fields of the feedback besides context, item and reward. Feedback that lacks one is counted and refused by name.
      * merges: states of parts of a stream can be added up. Objectives and criteria have no state.
      * use: of an estimator, whether its number is the value of the policy and gates may rest on it; of an interval, when its \
      level holds; of an objective, whether its gradient is the derivative of its value or holds weights constant.
      """;

  private MethodTable() {}

  /** For a terminal. */
  public static String text(List<Method> methods) {
    StringBuilder out = new StringBuilder();
    for (MethodKind kind : MethodKind.values()) {
      List<Method> rows = methods.stream().filter(m -> m.kind() == kind).toList();
      if (rows.isEmpty()) {
        continue;
      }
      List<Column> columns = columns(rows);
      List<Integer> widths = columns.stream().map(c -> width(c, rows)).toList();
      out.append(out.isEmpty() ? "" : "\n").append(kind.title()).append('\n');
      line(out, columns.stream().map(Column::title).toList(), widths);
      for (Method row : rows) {
        line(out, columns.stream().map(c -> c.text().apply(row)).toList(), widths);
      }
    }
    return out.toString();
  }

  /** As Markdown. */
  public static String markdown(List<Method> methods) {
    StringBuilder out = new StringBuilder(PREAMBLE);
    for (MethodKind kind : MethodKind.values()) {
      List<Method> rows = methods.stream().filter(m -> m.kind() == kind).toList();
      if (rows.isEmpty()) {
        continue;
      }
      List<Column> columns = columns(rows);
      out.append("\n## ").append(kind.title()).append("\n\n");
      cells(out, columns.stream().map(Column::title).toList());
      cells(out, Collections.nCopies(columns.size(), "---"));
      for (Method row : rows) {
        cells(out, columns.stream().map(c -> cell(c, row)).toList());
      }
    }
    return out.toString();
  }

  private static List<Column> columns(List<Method> rows) {
    return COLUMNS.stream()
        .filter(c -> rows.stream().anyMatch(row -> !c.text().apply(row).isEmpty()))
        .toList();
  }

  private static int width(Column column, List<Method> rows) {
    return rows.stream()
        .mapToInt(row -> column.text().apply(row).length())
        .reduce(column.title().length(), Math::max);
  }

  private static void line(StringBuilder out, List<String> words, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int k = 0; k < words.size(); k++) {
      String word = words.get(k);
      line.append("  ").append(word).append(" ".repeat(widths.get(k) - word.length()));
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cell(Column column, Method row) {
    String text = column.text().apply(row).replace("|", "\\|");
    boolean code = column.title().equals("name") || column.title().equals("formula");
    return code ? "`" + text + "`" : text;
  }

  private static void cells(StringBuilder out, List<String> cells) {
    out.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |"))).append('\n');
  }
}
