package hindcast.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A small log in the format of the Open Bandit Dataset, some of its lines broken. */
public final class BanditLog {

  private static final int ITEMS = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Lines that are refused, in the order of {@link #REASONS}. */
  private static final List<String> BROKEN =
      List.of(
          "{\"this\": is not a row",
          "7,2019-11-24 00:00:07+00:00,3",
          row(8, 3, "1", "0", "0"),
          row(9, 3, "1", "0", "1.7"),
          row(10, 3, "1", "0", "NaN"),
          row(11, 3, "-2", "0", "0.2"));

  /** Why they are. */
  public static final List<String> REASONS =
      List.of(
          "MALFORMED",
          "MISSING_FIELD",
          "INVALID_PROPENSITY",
          "INVALID_PROPENSITY",
          "INVALID_PROPENSITY",
          "INVALID_POSITION");

  private BanditLog() {}

  /** Writes a log of this many rows, every broken line once among them. */
  public static void write(Path file, int rows) throws IOException {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int item = random.nextInt(ITEMS);
      boolean click = random.nextDouble() < (item == 1 ? 0.5 : 0.1);
      lines.add(row(i, item, String.valueOf(1 + i % 3), click ? "1" : "0", "0.2"));
    }
    for (int i = 0; i < BROKEN.size(); i++) {
      lines.add((i + 1) * rows / (BROKEN.size() + 1), BROKEN.get(i));
    }
    lines.add(0, header());
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /** The bytes of the broken lines. */
  public static List<String> broken() {
    return BROKEN;
  }

  /** A table that plays item 1 with probability 0.6 and the others with 0.1. */
  public static void writeTable(Path file) throws IOException {
    StringBuilder table = new StringBuilder("item_id,position_1,position_2,position_3\n");
    for (int item = 0; item < ITEMS; item++) {
      String p = item == 1 ? "0.6" : "0.1";
      table.append(item).append((',' + p).repeat(3)).append('\n');
    }
    Files.write(file, table.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String header() {
    List<String> names = new ArrayList<>(List.of("", "timestamp", "item_id", "position", "click"));
    names.add("propensity_score");
    for (int i = 0; i < 4; i++) {
      names.add("user_feature_" + i);
    }
    for (int i = 0; i < ITEMS; i++) {
      names.add("user-item_affinity_" + i);
    }
    return String.join(",", names);
  }

  private static String row(int i, int item, String position, String click, String propensity) {
    Instant time = Instant.parse("2019-11-24T00:00:00Z").plusMillis(7_000L * i + 1);
    List<String> values = new ArrayList<>();
    Collections.addAll(values, String.valueOf(i), TIME.format(time), String.valueOf(item));
    Collections.addAll(values, position, click, propensity);
    for (int k = 0; k < 4; k++) {
      values.add("category" + (i + k) % 3);
    }
    for (int k = 0; k < ITEMS; k++) {
      values.add(k == item ? "1.0" : "0.0");
    }
    return String.join(",", values);
  }
}
