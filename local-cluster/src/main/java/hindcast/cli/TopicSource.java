package hindcast.cli;

import hindcast.jobs.config.PipelineConfig;
import hindcast.local.EmbeddedKafka;
import hindcast.local.LocalStartException;
import hindcast.local.LogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Topics of a running broker, or those a demo kept, whose broker runs while they are used. */
final class TopicSource {
  private TopicSource() {}

  /** Does something with the topics that a configuration names. */
  interface Use<T> {
    T of(PipelineConfig config) throws Exception;
  }

  /**
   * Uses the topics of the one that is named.
   *
   * @param bootstrap address of a broker, or null
   * @param dataDirectory what a demo kept, where no broker is named
   * @throws LocalStartException if the directory holds no kept demo
   */
  static <T> T use(PipelineConfig config, String bootstrap, Path dataDirectory, Use<T> use)
      throws Exception {
    LogFile log = LogFile.of(null);
    T result =
        bootstrap == null ? useKept(config, dataDirectory, use) : use.of(at(config, bootstrap));
    log.discardIfTemporary();
    return result;
  }

  private static <T> T useKept(PipelineConfig config, Path dataDirectory, Use<T> use)
      throws Exception {
    Path kafka = dataDirectory.resolve("kafka");
    if (!Files.isRegularFile(kafka.resolve("meta.properties"))) {
      throw new LocalStartException("--data-dir must hold a kept demo: " + dataDirectory);
    }
    try (EmbeddedKafka broker = EmbeddedKafka.start(0, kafka)) {
      return use.of(at(config, broker.bootstrapServers()));
    }
  }

  private static PipelineConfig at(PipelineConfig config, String servers) {
    return config.with(Map.of("kafka.bootstrap-servers", servers));
  }
}
