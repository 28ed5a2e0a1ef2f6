package hindcast.local.simulate;

import hindcast.local.LocalStartException;
import hindcast.numeric.CounterBasedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ratings as logged feedback: a user who rated an item was shown it, and the reward is 1 if the
 * rating is high. Users chose what they rate, so the propensities are not known and not in the log.
 *
 * <p>In one folder: {@code log.csv}, each rating once an epoch, in an order of its own each time;
 * {@code items.csv} with the features of the items; {@code holdout.csv}, the ratings kept apart, a
 * slate for each user; {@code mapping.yaml} for both.
 */
public final class RatingLog {
  private static final long START_MICROS = 1_767_225_600_000_000L;
  private static final long EVENT_MICROS = 1_000_000;

  private final RatingSettings settings;
  private final Matrix ratings;
  private final Matrix heldOut;
  private final Matrix users;
  private final Matrix items;

  private RatingLog(RatingSettings settings) {
    this.settings = settings;
    ratings = Matrix.read("--from-ratings", settings.ratings());
    heldOut = Matrix.read("--test-ratings", settings.heldOut());
    users = Matrix.read("--users", settings.users());
    items = Matrix.read("--items", settings.items());
    heldOut.requireShape("--test-ratings", ratings.count(), ratings.width());
    users.requireShape("--users", ratings.count(), 0);
    items.requireShape("--items", ratings.width(), 0);
  }

  /**
   * Writes the files.
   *
   * @return what was made, in words
   */
  public static List<String> write(RatingSettings settings) {
    RatingLog log = new RatingLog(settings);
    try {
      Files.createDirectories(settings.out());
      return log.write();
    } catch (IOException e) {
      throw new LocalStartException("--out: cannot be written: " + e.getMessage(), e);
    }
  }

  private List<String> write() throws IOException {
    List<int[]> cells = cells(ratings);
    List<int[]> test = cells(heldOut);
    if (cells.isEmpty() || test.isEmpty()) {
      throw new LocalStartException("--from-ratings and --test-ratings must have ratings above 0");
    }
    long event = 0;
    try (RowFile file = file("log.csv")) {
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        shuffle(cells, epoch);
        for (int[] cell : cells) {
          add(file, event++, cell, ratings);
        }
      }
    }
    try (RowFile file = file("holdout.csv")) {
      for (int[] cell : test) {
        add(file, event++, cell, heldOut);
      }
    }
    writeItems();
    Files.writeString(
        path("mapping.yaml"),
        """
        id: id
        time: {column: time, format: micros}
        slate: user
        item: item
        reward: {rating: reward}
        context: %s
        """
            .formatted(RowFile.yamlOfX(users.width(), false)));
    return words(cells.size(), test.size());
  }

  private RowFile file(String name) throws IOException {
    return new RowFile(
        path(name), List.of("id", "time", "user", "item", "reward"), users.width(), false);
  }

  private void add(RowFile file, long event, int[] cell, Matrix from) throws IOException {
    file.add(
        List.of(
            "%09d".formatted(event),
            START_MICROS + event * EVENT_MICROS,
            cell[0],
            cell[1],
            from.at(cell[0], cell[1]) >= settings.relevant() ? 1 : 0),
        users.rows()[cell[0]]);
  }

  private static List<int[]> cells(Matrix matrix) {
    List<int[]> cells = new ArrayList<>();
    for (int user = 0; user < matrix.count(); user++) {
      for (int item = 0; item < matrix.width(); item++) {
        if (matrix.at(user, item) > 0) {
          cells.add(new int[] {user, item});
        }
      }
    }
    return cells;
  }

  private void shuffle(List<int[]> cells, int epoch) {
    long key = CounterBasedRandom.key(settings.seed(), "ratings", epoch, "order");
    for (int i = cells.size() - 1; i > 0; i--) {
      int j = CounterBasedRandom.below(key, i, i + 1);
      int[] moved = cells.get(i);
      cells.set(i, cells.get(j));
      cells.set(j, moved);
    }
  }

  private void writeItems() throws IOException {
    int ids = settings.itemIds() > 0 ? items.count() : 0;
    StringBuilder text = new StringBuilder("item_id");
    for (int g = 1; g <= items.width(); g++) {
      text.append(",f").append(g);
    }
    for (int item = 0; item < ids; item++) {
      text.append(",is_").append(item);
    }
    text.append('\n');
    for (int item = 0; item < items.count(); item++) {
      text.append(item);
      for (float feature : items.rows()[item]) {
        text.append(',').append(feature);
      }
      for (int other = 0; other < ids; other++) {
        text.append(',').append(other == item ? (float) settings.itemIds() : 0);
      }
      text.append('\n');
    }
    Files.writeString(path("items.csv"), text);
  }

  private List<String> words(int trained, int test) {
    Path out = settings.out();
    return List.of(
        "%,d ratings of %,d users and %,d items, %d times over, are in %s."
            .formatted(trained, users.count(), items.count(), settings.epochs(), path("log.csv")),
        "Each says that a user chose an item, with reward 1 where the rating is at least %s. Who"
            .formatted(settings.relevant()),
        "rates what is not random and its probability not known, so it has to be estimated.",
        "%,d ratings are kept apart in %s, a slate for each user."
            .formatted(test, path("holdout.csv")),
        "",
        "Learn from the log, then rank what was kept apart:",
        "  hindcast replay --format csv --mapping %s --log %s \\"
            .formatted(out.resolve("mapping.yaml"), path("log.csv")),
        "      --items %s --learn uips --checkpoints %s"
            .formatted(path("items.csv"), out.resolve("checkpoints")),
        "  hindcast policy rank %s --format csv --mapping %s \\"
            .formatted(
                out.resolve("checkpoints").resolve("uips.checkpoint"), out.resolve("mapping.yaml")),
        "      --items %s --log %s --k 5".formatted(path("items.csv"), path("holdout.csv")));
  }

  private Path path(String name) {
    return settings.out().resolve(name);
  }
}
