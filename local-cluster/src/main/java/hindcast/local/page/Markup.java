package hindcast.local.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes HTML that is also well-formed XML. Text and attribute values are escaped; characters that
 * XML cannot hold become U+FFFD.
 */
final class Markup {
  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are names and values in turn. */
  Markup open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    open.push(tag);
    return this;
  }

  /** An element that has no end tag. */
  Markup empty(String tag, String... attributes) {
    open(tag, attributes);
    out.setLength(out.length() - 1);
    out.append("/>");
    open.pop();
    return this;
  }

  Markup close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  Markup text(String text) {
    escape(text);
    return this;
  }

  /** An element with text in it. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Well-formed markup as it is. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  /**
   * A table that scrolls in a box of its own. Cells of the first column are headings of their rows.
   *
   * @param kinds a letter for each column: t for text, w for text that breaks anywhere on paper, n
   *     for numbers, which are set to the right
   */
  Markup table(String kinds, List<String> heads, List<List<String>> rows) {
    if (kinds.length() != heads.size()) {
      throw new IllegalArgumentException(
          "a table must have a kind for each column: " + kinds + " for " + heads);
    }
    String label = "Table: " + String.join(", ", heads);
    open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label);
    open("table").open("thead").open("tr");
    for (int i = 0; i < heads.size(); i++) {
      element("th", heads.get(i), "scope", "col", "class", kind(kinds, i));
    }
    close().close().open("tbody");
    for (List<String> row : rows) {
      open("tr").element("th", row.get(0), "scope", "row");
      for (int i = 1; i < row.size(); i++) {
        element("td", row.get(i), "class", kind(kinds, i));
      }
      close();
    }
    return close().close().close();
  }

  private static String kind(String kinds, int column) {
    return switch (kinds.charAt(column)) {
      case 't' -> "text";
      case 'w' -> "text long";
      default -> "number";
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
    }
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }
}
