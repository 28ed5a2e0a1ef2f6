package hindcast.cli;

import hindcast.local.LocalStartException;
import hindcast.local.simulate.LabelSettings;
import hindcast.local.simulate.LabelledLog;
import hindcast.local.simulate.RatingLog;
import hindcast.local.simulate.RatingSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes logs of data sets whose truth is known. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Makes a log of decisions from a data set whose truth is known, and says what the true"
            + " values are: to see what estimates and learning are worth.",
    footer = {
      "",
      "Examples:",
      "  hindcast simulate --from-labels letter-recognition.data.gz --label first --events 20000 \\",
      "      --accuracy 0.3 --out letters",
      "  hindcast simulate --from-ratings train.ascii.gz --test-ratings test.ascii.gz \\",
      "      --users user_features.ascii.gz --items item_features.ascii.gz --out coat",
    })
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--from-labels",
      paramLabel = "FILE",
      description =
          "Rows of numbers with a class, separated by commas, plain or compressed: showing a row"
              + " its class is rewarded with 1.")
  private Path labels;

  @Option(
      names = "--label",
      defaultValue = "last",
      paramLabel = "COLUMN",
      description =
          "Where the class is: first, last, a number from 1, or a name in the header. Default:"
              + " ${DEFAULT-VALUE}.")
  private String label;

  @Option(
      names = "--rows",
      defaultValue = "0",
      description = "How many of the rows are used, beside those held out. Default: all.")
  private int rows;

  @Option(
      names = "--held-out",
      defaultValue = "0",
      paramLabel = "ROWS",
      description = "Rows that are kept apart. Default: a fifth.")
  private int heldOut;

  @Option(
      names = "--events",
      defaultValue = "20000",
      description = "Impressions in the log. Default: ${DEFAULT-VALUE}.")
  private long events;

  @Option(
      names = "--accuracy",
      defaultValue = "0.3",
      description =
          "In how many of its rows the logging policy is right; its value. Default:"
              + " ${DEFAULT-VALUE}.")
  private double accuracy;

  @Option(names = "--json", description = "Writes JSON lines instead of separated values.")
  private boolean json;

  @Option(
      names = "--from-ratings",
      paramLabel = "FILE",
      description =
          "Ratings as a matrix of users and items, 0 where there is none: who rated an item was"
              + " shown it.")
  private Path ratings;

  @Option(
      names = "--test-ratings",
      paramLabel = "FILE",
      description = "Of ratings: those that are kept apart, as another matrix.")
  private Path testRatings;

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description = "Of ratings: features of the users, a row each.")
  private Path users;

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description = "Of ratings: features of the items, a row each.")
  private Path items;

  @Option(
      names = "--relevant",
      defaultValue = "4",
      paramLabel = "RATING",
      description = "Of ratings: the smallest that is rewarded with 1. Default: ${DEFAULT-VALUE}.")
  private double relevant;

  @Option(
      names = "--item-ids",
      defaultValue = "0",
      paramLabel = "SCALE",
      description =
          "Of ratings: gives every item a feature of its own, this large. Default: none has.")
  private double itemIds;

  @Option(
      names = "--epochs",
      defaultValue = "1",
      description = "Of ratings: how often each is in the log. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of everything that is drawn. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the files.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if ((labels == null) == (ratings == null)) {
      throw new LocalStartException("name either --from-labels FILE or --from-ratings FILE");
    }
    List<String> words =
        labels != null
            ? LabelledLog.write(
                new LabelSettings(labels, label, rows, heldOut, events, accuracy, seed, out, json))
            : RatingLog.write(
                new RatingSettings(
                    ratings, testRatings, users, items, relevant, itemIds, epochs, seed, out));
    PrintWriter printed = spec.commandLine().getOut();
    words.forEach(printed::println);
    printed.flush();
    return 0;
  }
}
