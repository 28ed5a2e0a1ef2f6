package hindcast.local.demo;

import hindcast.local.DataDirectory;
import hindcast.local.LivePipeline;
import java.io.IOException;

/** Opens what a demo is fed with. */
final class DemoInputs {

  private DemoInputs() {}

  /**
   * The simulated world or the log.
   *
   * @throws hindcast.local.LocalStartException if the data directory holds another demo's topics
   */
  static DemoInput open(DemoSettings settings, LivePipeline pipeline, DataDirectory data)
      throws IOException {
    RunLabel.claim(data, label(settings));
    return settings.log() == null
        ? SimulatedInput.open(settings, pipeline, data)
        : LogInput.open(settings, pipeline, data);
  }

  private static String label(DemoSettings settings) {
    return settings.log() == null
        ? "simulation --seed %d --items %d --dimension %d"
            .formatted(settings.seed(), settings.items(), settings.dimension())
        : "log %s --format %s".formatted(settings.log().toAbsolutePath(), settings.format());
  }
}
