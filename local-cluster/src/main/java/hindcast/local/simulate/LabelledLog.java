package hindcast.local.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.feedback.LoggedFeedback;
import hindcast.local.LocalStartException;
import hindcast.policy.SoftmaxPolicy;
import hindcast.simulation.LabelledRows;
import hindcast.simulation.LabelledWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Labelled rows as a bandit log whose truth is known: {@code log.csv} or {@code log.jsonl}, {@code
 * mapping.yaml}, {@code table.csv}, {@code holdout.csv} and {@code truth.json}, in one folder.
 *
 * <p>The world is {@link LabelledWorld} over the rows that are not held out. The segment of a row
 * is the class that a softmax regression on other rows thinks likeliest; the table plays it with
 * probability {@value #TABLE_SHARE} and every class with an equal share of the rest. All values in
 * {@code truth.json} are exact means over the rows events are drawn from. A line of the held-out
 * file shows a row its own class, which is no bandit log: it is for ranking what was learned.
 */
public final class LabelledLog {
  private static final long START_MICROS = 1_767_225_600_000_000L;
  private static final double TABLE_SHARE = 0.8;
  private static final int GUESS_STEPS = 100;
  private static final double GUESS_RATE = 0.05;

  private final LabelSettings settings;
  private final LabelledRows rows;
  private final LabelledRows heldOut;
  private final LabelledWorld world;
  private final SoftmaxPolicy guesses;

  private LabelledLog(LabelSettings settings, LabelledRows rows, LabelledRows heldOut) {
    this.settings = settings;
    this.rows = rows;
    this.heldOut = heldOut;
    try {
      world = new LabelledWorld(rows, settings.accuracy(), settings.seed(), START_MICROS);
    } catch (IllegalArgumentException e) {
      throw new LocalStartException("--accuracy: " + e.getMessage(), e);
    }
    guesses =
        new SoftmaxPolicy(
            LabelledWorld.regression(
                    heldOut, heldOut.size(), GUESS_STEPS, GUESS_RATE, settings.seed())
                .parameters(),
            world.catalogue());
  }

  /**
   * Writes the files.
   *
   * @return what was made, in words
   */
  public static List<String> write(LabelSettings settings) {
    LabelledRows all = LabelledFile.read(settings.file(), settings.label());
    int apart = settings.heldOut() == 0 ? Math.max(1, all.size() / 5) : settings.heldOut();
    try {
      List<LabelledRows> parts = all.split(apart, settings.seed());
      LabelledRows rows = parts.get(0);
      if (settings.rows() > 0 && settings.rows() < rows.size()) {
        rows = rows.split(rows.size() - settings.rows(), settings.seed() + 1).get(0);
      } else if (settings.rows() > rows.size()) {
        throw new LocalStartException(
            "--rows must be at most the %d that are not held out: %d"
                .formatted(rows.size(), settings.rows()));
      }
      Files.createDirectories(settings.out());
      return new LabelledLog(settings, rows, parts.get(1)).write();
    } catch (IllegalArgumentException e) {
      throw new LocalStartException("--held-out: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new LocalStartException("--out: cannot be written: " + e.getMessage(), e);
    }
  }

  private List<String> write() throws IOException {
    String log = settings.jsonLines() ? "log.jsonl" : "log.csv";
    int features = rows.contextDimension() - 1;
    double sum = 0;
    List<String> columns = List.of("id", "time", "segment", "item", "propensity", "reward");
    try (RowFile file = new RowFile(path(log), columns, features, settings.jsonLines())) {
      for (long event = 0; event < settings.events(); event++) {
        LoggedFeedback feedback = world.feedback(event);
        sum += feedback.reward();
        file.add(
            List.of(
                feedback.impressionId(),
                feedback.eventTimeMicros(),
                guess(rows, world.row(event)),
                feedback.itemId(),
                feedback.propensity().value(),
                (int) feedback.reward()),
            numbers(rows, world.row(event)));
      }
    }
    writeHeldOut(columns, features);
    Files.writeString(path("mapping.yaml"), mapping(features));
    writeTable();
    ObjectNode truth = truth(sum / settings.events());
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(path("truth.json").toFile(), truth);
    return words(log, truth);
  }

  private void writeHeldOut(List<String> columns, int features) throws IOException {
    String name = settings.jsonLines() ? "holdout.jsonl" : "holdout.csv";
    try (RowFile file = new RowFile(path(name), columns, features, settings.jsonLines())) {
      for (int row = 0; row < heldOut.size(); row++) {
        file.add(
            List.of(
                "row-" + row,
                START_MICROS + 1_000_000L * row,
                guess(heldOut, row),
                heldOut.className(heldOut.label(row)),
                1.0,
                1),
            numbers(heldOut, row));
      }
    }
  }

  private String mapping(int features) {
    List<String> items = new ArrayList<>();
    for (int a = 0; a < rows.classCount(); a++) {
      items.add(rows.className(a));
    }
    String word = settings.jsonLines() ? "field" : "column";
    return """
        id: id
        time: {%s: time, format: micros}
        segment: segment
        item: item
        items: %s
        propensity: propensity
        reward: {reward: reward}
        context: %s
        """
        .formatted(word, RowFile.yaml(items), RowFile.yamlOfX(features, settings.jsonLines()));
  }

  private void writeTable() throws IOException {
    StringBuilder table = new StringBuilder("item_id,segment,probability\n");
    for (int a = 0; a < rows.classCount(); a++) {
      for (int s = 0; s < rows.classCount(); s++) {
        table
            .append(RowFile.cell(rows.className(a)))
            .append(',')
            .append(RowFile.cell(rows.className(s)))
            .append(',')
            .append(tableProbability(a, s))
            .append('\n');
      }
    }
    Files.writeString(path("table.csv"), table);
  }

  private double tableProbability(int item, int segment) {
    double any = (1 - TABLE_SHARE) / rows.classCount();
    return any + (item == segment ? TABLE_SHARE : 0);
  }

  private ObjectNode truth(double loggedMean) {
    ObjectNode truth = JsonNodeFactory.instance.objectNode();
    truth.put("rows", rows.size());
    truth.put("heldOut", heldOut.size());
    truth.put("events", settings.events());
    truth.put("items", rows.classCount());
    truth.put("seed", settings.seed());
    truth.put("loggedMean", loggedMean);
    ObjectNode values = truth.putObject("values");
    values.put("logging", world.loggingValue());
    values.put("uniform", 1.0 / rows.classCount());
    values.put("best", 1.0);
    double[] shares = new double[rows.classCount()];
    double table = 0;
    for (int row = 0; row < rows.size(); row++) {
      shares[rows.label(row)]++;
      table += tableProbability(rows.label(row), guessIndex(rows, row));
    }
    values.put("table", table / rows.size());
    for (int a = 0; a < shares.length; a++) {
      values.put("always:" + rows.className(a), shares[a] / rows.size());
    }
    return truth;
  }

  private List<String> words(String log, ObjectNode truth) {
    String format = settings.jsonLines() ? "jsonl" : "csv";
    Path out = settings.out();
    return List.of(
        "%,d impressions over %,d rows of %d classes are in %s."
            .formatted(settings.events(), rows.size(), rows.classCount(), path(log)),
        "Each draws a row, shows one class, and is rewarded with 1 if it is the row's. The class",
        "was drawn from a logging policy that is right in %.3g of the rows; its probability is in"
            .formatted(world.loggingValue()),
        "the log. The label of a row is nowhere in it: only what came of the class that was shown.",
        "",
        "Because the labels are known here, so is the true value of any policy (truth.json):",
        "  logging %.4f   uniform %.4f   table.csv %.4f   best 1"
            .formatted(
                truth.at("/values/logging").asDouble(),
                truth.at("/values/uniform").asDouble(),
                truth.at("/values/table").asDouble()),
        "",
        "Estimate them from the log alone, and learn a better policy:",
        "  hindcast replay --format %s --mapping %s --log %s \\"
            .formatted(format, out.resolve("mapping.yaml"), path(log)),
        "      --evaluate uniform --evaluate table:%s --learn clpi --checkpoints %s"
            .formatted(out.resolve("table.csv"), out.resolve("checkpoints")),
        "Then see how often it is right on the %,d rows that were held out:"
            .formatted(heldOut.size()),
        "  hindcast policy rank %s --format %s --mapping %s \\"
            .formatted(
                out.resolve("checkpoints").resolve("clpi.checkpoint"),
                format,
                out.resolve("mapping.yaml")),
        "      --log %s --candidates all --k 1"
            .formatted(path(settings.jsonLines() ? "holdout.jsonl" : "holdout.csv")));
  }

  private Path path(String name) {
    return settings.out().resolve(name);
  }

  private String guess(LabelledRows of, int row) {
    return of.className(guessIndex(of, row));
  }

  private int guessIndex(LabelledRows of, int row) {
    return guesses.best(of.context(row), null);
  }

  /** z of a row: its context without the intercept. */
  private static float[] numbers(LabelledRows of, int row) {
    float[] context = of.context(row).values();
    return Arrays.copyOfRange(context, 1, context.length);
  }
}
