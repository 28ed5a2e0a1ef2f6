package hindcast.cli;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.catalogue.ManifestFile;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import hindcast.local.traffic.InputFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Announces a catalogue file to jobs. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Announces a catalogue file on topic [catalogue]: jobs load it at the event time of its"
            + " manifest. The file has to lie where every process of the job reaches it.",
    footer = {
      "",
      "Example: hindcast catalogue publish /data/catalogues/v7.catalogue --bootstrap localhost:9092"
    })
final class CataloguePublishCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A catalogue file with its manifest beside it.")
  private Path file;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker; kafka.* of the configuration holds, its address by default.")
  private String bootstrap;

  @Mixin private ConfigOptions configuration;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PipelineConfig config = configuration.load(List.of(), List.of());
    if (bootstrap != null) {
      config = config.with(Map.of("kafka.bootstrap-servers", bootstrap));
    }
    CatalogueManifest manifest = manifest();
    LogFile log = LogFile.of(null);
    try (InputFeed feed = new InputFeed(PipelineJob.kafkaSettings(config))) {
      feed.send(manifest);
      feed.flush();
    } catch (KafkaException e) {
      throw new LocalStartException(
          "kafka at " + config.kafka().bootstrapServers() + " does not answer: " + e.getMessage(),
          e);
    }
    log.discardIfTemporary();
    spec.commandLine()
        .getOut()
        .printf(
            "catalogue %s, %,d items of dimension %d, is announced%n",
            manifest.getVersion(), manifest.getCount(), manifest.getDimension());
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** The manifest beside the file, if the file is the one it names. */
  private CatalogueManifest manifest() {
    try {
      CatalogueManifest written = ManifestFile.read(file);
      if (written == null) {
        throw new LocalStartException(
            "catalogue has no manifest beside it: "
                + ManifestFile.of(file)
                + ": build it with hindcast catalogue build");
      }
      CatalogueFile.requireNamed(
          written, CatalogueFile.describe(file, written.getEffectiveTimeMicros()));
      return written;
    } catch (IOException e) {
      throw new LocalStartException("catalogue cannot be published: " + e.getMessage(), e);
    }
  }
}
