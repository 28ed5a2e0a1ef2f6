package hindcast.cli;

import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.AlertEndpointConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import hindcast.local.StopSignal;
import hindcast.local.alerts.Deliveries;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Delivers alerts until it is stopped. */
@Command(
    name = "deliver",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Delivers alerts to alerts.endpoints of the configuration, until Ctrl-C. Goes on where it"
            + " stood when it is started again.",
    footer = {"", "Example: hindcast alerts deliver --config hindcast.yaml"})
final class AlertsDeliverCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1000;

  @Mixin private AlertOptions options;

  @Option(names = "--log", paramLabel = "FILE", description = "Writes the log here.")
  private java.nio.file.Path logFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PipelineConfig config = options.config();
    if (config.alerts().endpoints().isEmpty()) {
      throw new LocalStartException(
          "alerts.endpoints is empty: name where alerts are delivered to");
    }
    LogFile.of(logFile);
    PrintWriter out = spec.commandLine().getOut();
    String ids =
        config.alerts().endpoints().stream()
            .map(AlertEndpointConfig::id)
            .collect(Collectors.joining(", "));
    options.topic().read();
    try (StopSignal stop = StopSignal.install();
        Deliveries deliveries =
            new Deliveries(config.alerts(), PipelineJob.kafkaSettings(config))) {
      out.println("delivering alerts of " + config.kafka().bootstrapServers() + " to " + ids);
      out.flush();
      while (!stop.await(LOOK_MILLIS)) {
        if (deliveries.hasFailed()) {
          throw new IllegalStateException("a delivery has ended by itself");
        }
      }
      out.printf(
          "%d records delivered, %d in the dead-letter file%n",
          deliveries.delivered(), deliveries.undeliverable());
      out.flush();
    }
    return 0;
  }
}
