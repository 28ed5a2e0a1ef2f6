package hindcast.cli;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.catalogue.ManifestFile;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import hindcast.local.TopicRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private BrokerOptions broker;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    KafkaSettings kafka = broker.kafka();
    CatalogueManifest manifest = manifest();
    LogFile log = LogFile.of(null);
    TopicRecord.write(kafka, kafka.topics().catalogue(), manifest, "the manifest");
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
