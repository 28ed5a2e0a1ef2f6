package hindcast.jobs;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.kafka.StartupChecks;
import hindcast.jobs.catalogue.NewestManifest;
import hindcast.jobs.config.ConfigException;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry point of the job jar: {@code flink run hindcast-job.jar --config pipeline.yaml}. */
@Command(
    name = "hindcast-pipeline",
    description = "Runs FEEDBACK, LEARNING, EVALUATION and AUDIT as one job between Kafka topics.",
    mixinStandardHelpOptions = true)
public final class PipelineMain implements Callable<Integer> {
  private static final int REFUSED = 2;

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (YAML).")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key of the configuration; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  /** Submits the job; exits with 2 if configuration or broker are not fit for it. */
  public static void main(String[] arguments) {
    int exitCode = new CommandLine(new PipelineMain()).execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() throws Exception {
    PipelineConfig pipeline;
    try {
      pipeline = ConfigLoader.load(config, overrides);
    } catch (ConfigException e) {
      e.problems().forEach(System.err::println);
      return REFUSED;
    }
    List<String> problems =
        new ArrayList<>(
            StartupChecks.problems(
                PipelineJob.kafkaSettings(pipeline), PipelineJob.startupNeeds(pipeline)));
    CatalogueManifest manifest = null;
    if (problems.isEmpty()) {
      manifest = NewestManifest.read(PipelineJob.kafkaSettings(pipeline)).orElse(null);
      NewestManifest.problem(manifest).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      problems.forEach(System.err::println);
      return REFUSED;
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(FlinkSettings.of(pipeline));
    env.setParallelism(pipeline.job().parallelism());
    PipelineJob.build(env, pipeline, PipelineJob.actionCount(pipeline, manifest));
    env.execute(pipeline.job().name());
    return 0;
  }
}
