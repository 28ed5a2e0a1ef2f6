package hindcast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.gate.VerdictBook;
import hindcast.local.gate.VerdictPage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The last verdict of a gate. */
@Command(
    name = "gate",
    sortOptions = false,
    description =
        "Prints the last verdict of a policy's gate: promote, hold or reject, the numbers it rests"
            + " on, the probability that an A/B test succeeds, and what is missing.",
    footer = {
      "",
      "Examples:",
      "  hindcast gate --policy clpi --bootstrap localhost:9092",
      "  hindcast gate --policy clpi --version 8 --report report.json --json"
    })
final class GateCommand implements Callable<Integer> {

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "P",
      description = "The policy as in the configuration: an id, or id/form.")
  private String policy;

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "Its version; the newest candidate without it.")
  private Long version;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Reads [gate-verdicts] of this broker; kafka.* of the configuration holds.")
  private String bootstrap;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Reads [gate-verdicts] of a demo that was kept in DIR and does not run now.")
  private Path dataDirectory;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Reads the verdicts in a report that replay --report wrote.")
  private Path report;

  @Option(names = "--json", description = "Prints the verdict as JSON.")
  private boolean json;

  @Mixin private ConfigOptions configuration;

  @Mixin private HelpOption unusedHelp;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    VerdictBook book = book();
    JsonNode verdict =
        book.verdict(policy, version)
            .orElseThrow(
                () ->
                    new LocalStartException(
                        "there is no verdict on "
                            + policy
                            + (version == null ? "" : " version " + version)
                            + (book.candidates().isEmpty()
                                ? ": set gates.policies and run the pipeline"
                                : ": there are some on " + String.join(", ", book.candidates()))));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(verdict.toPrettyString());
    } else {
      VerdictPage.lines(verdict).forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private VerdictBook book() throws Exception {
    if (Stream.of(bootstrap, dataDirectory, report).filter(s -> s != null).count() != 1) {
      throw new LocalStartException(
          "say where the verdicts are: --bootstrap HOST:PORT, --data-dir DIR or --report FILE");
    }
    if (report != null) {
      return VerdictBook.read(report);
    }
    PipelineConfig config = configuration.load(List.of(), List.of());
    return TopicSource.use(
        config,
        bootstrap,
        dataDirectory,
        located -> VerdictBook.read(PipelineJob.kafkaSettings(located)));
  }
}
