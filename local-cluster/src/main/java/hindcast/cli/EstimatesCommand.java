package hindcast.cli;

import hindcast.estimator.SupportRule;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.estimates.IntervalAnswer;
import hindcast.local.estimates.IntervalPage;
import hindcast.local.estimates.IntervalQuestion;
import hindcast.local.estimates.ValueChart;
import hindcast.local.estimates.WindowBook;
import hindcast.local.estimates.WindowFile;
import hindcast.local.results.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The value of a policy over a past interval. */
@Command(
    name = "estimates",
    sortOptions = false,
    description =
        "Says what a policy was worth over a past interval, from stored windows: no log is read"
            + " again.",
    footer = {
      "",
      "Examples:",
      "  hindcast estimates --policy clpi --from 2026-01-31T00:00:00Z --to 2026-02-01T00:00:00Z \\",
      "      --bootstrap localhost:9092",
      "  hindcast estimates --policy uniform --from 2019-11-24T00:00:00Z \\",
      "      --to 2019-12-01T00:00:00Z --file windows.avro --chart uniform.png"
    })
final class EstimatesCommand implements Callable<Integer> {

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "P",
      description = "The policy as in the estimates: an id, or id/form.")
  private String policy;

  @Option(
      names = "--version",
      paramLabel = "V",
      defaultValue = "0",
      description = "A version; the whole line without it.")
  private long version;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "Only this estimator, such as SNIPS.")
  private String estimator;

  @Option(
      names = "--segment",
      paramLabel = "S",
      defaultValue = "*",
      description = "A segment; all of them without it.")
  private String segment;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "Start of the interval, such as 2026-01-31T12:00:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "Its end, not part of it.")
  private Instant to;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Reads [value-windows] of this broker; kafka.* of the configuration holds.")
  private String bootstrap;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Reads [value-windows] of a demo that was kept in DIR and does not run now.")
  private Path dataDirectory;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Reads the windows that replay --windows wrote.")
  private Path file;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the answer here, with the estimates of every window, as JSON.")
  private Path json;

  @Option(
      names = "--chart",
      paramLabel = "FILE.png",
      description = "Draws the value over time with its intervals.")
  private Path chart;

  @Mixin private ConfigOptions configuration;

  @Mixin private HelpOption unusedHelp;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check();
    PipelineConfig config = configuration.load(List.of(), List.of());
    IntervalAnswer answer =
        IntervalAnswer.of(
            new IntervalQuestion(policy, version, segment, estimator, from, to),
            windows(config),
            new SupportRule(
                config.evaluation().minimumRewardedEffectiveSampleSize(),
                config.evaluation().maximumEventShare()));
    PrintWriter out = spec.commandLine().getOut();
    IntervalPage.lines(answer).forEach(out::println);
    if (json != null) {
      Report.write(IntervalPage.json(answer), json);
      out.println("written to " + json);
    }
    if (chart != null) {
      ValueChart.write(answer, chart);
      out.println("drawn in " + chart);
    }
    out.flush();
    return 0;
  }

  private void check() {
    if (!from.isBefore(to)) {
      throw new LocalStartException("--from must be before --to: " + from + " and " + to);
    }
    if (version < 0) {
      throw new LocalStartException("--version must be at least 0: " + version);
    }
    if (Stream.of(file, bootstrap, dataDirectory).filter(s -> s != null).count() != 1) {
      throw new LocalStartException(
          "say where the windows are: --bootstrap HOST:PORT, --data-dir DIR or --file FILE");
    }
    if (json != null) {
      Report.checkWritable("--json", json);
    }
    if (chart != null) {
      Report.checkWritable("--chart", chart);
      if (!chart.toString().endsWith(".png")) {
        throw new LocalStartException("--chart must end with .png: " + chart);
      }
    }
  }

  private WindowBook windows(PipelineConfig config) throws Exception {
    if (file != null) {
      return WindowFile.read(file);
    }
    return TopicSource.use(
        config,
        bootstrap,
        dataDirectory,
        located -> WindowBook.read(PipelineJob.kafkaSettings(located)));
  }
}
