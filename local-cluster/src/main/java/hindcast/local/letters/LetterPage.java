package hindcast.local.letters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.connectors.avro.RecordOutline;
import hindcast.connectors.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.List;

/** One letter as far as it can be decoded. */
public final class LetterPage {
  private static final int LONGEST = 200;

  private LetterPage() {}

  /** For people: origin, reason, the fields before the fault, and the bytes as text. */
  public static List<String> lines(Letter letter) {
    byte[] raw = DeadLetters.raw(letter.record());
    RecordOutline outline = RecordOutline.of(raw);
    List<String> lines = new ArrayList<>();
    String time = letter.time() == null ? "" : "  " + letter.time();
    lines.add(letter.origin() + "  " + letter.record().getReason() + time);
    lines.add("  " + letter.record().getDetail());
    if (outline.isRecord()) {
      lines.add(line("record", outline.schema()));
      outline.fields().forEach((name, value) -> lines.add(line("  " + name, value)));
      if (!outline.fault().isEmpty()) {
        lines.add(line("stops at", outline.fault()));
      }
    }
    lines.add(line(raw.length + " bytes", DeadLetters.printable(raw)));
    if (letter.mended() != null) {
      lines.add(line("mended", letter.mended()));
    }
    return lines;
  }

  /** One line of JSON: the letter as it is in a file, with {@code schema, fields, fault}. */
  public static String json(Letter letter) {
    RecordOutline outline = RecordOutline.of(DeadLetters.raw(letter.record()));
    ObjectNode node = DeadLetters.toNode(letter.record());
    node.put("schema", outline.schema());
    ObjectNode fields = node.putObject("fields");
    outline.fields().forEach(fields::put);
    node.put("fault", outline.fault());
    if (letter.mended() != null) {
      node.put("mended", letter.mended());
    }
    return node.toString();
  }

  private static String line(String name, String value) {
    String shown =
        value.length() <= LONGEST
            ? value
            : value.substring(0, LONGEST) + "... (" + value.length() + " characters)";
    return "  %-22s %s".formatted(name, shown);
  }
}
