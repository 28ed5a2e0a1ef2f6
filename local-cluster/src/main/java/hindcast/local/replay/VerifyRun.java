package hindcast.local.replay;

import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import hindcast.local.certificate.Certificate;
import hindcast.local.certificate.Comparison;
import hindcast.local.certificate.InputFile;
import hindcast.local.screen.Screen;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Repeats the run of a certificate and compares. Whether the inputs are still the same is said
 * first, and the run is made anyway, to say what follows from it.
 */
public final class VerifyRun {
  private static final int DIFFERS = 1;

  private final Certificate written;
  private final ReplaySettings settings;
  private final PipelineConfig config;
  private final Screen screen;

  /**
   * @param written the certificate
   * @param settings of its command, without files to write
   * @param config of its command
   */
  public VerifyRun(
      Certificate written, ReplaySettings settings, PipelineConfig config, Screen screen) {
    this.written = written;
    this.settings = settings;
    this.config = config;
    this.screen = screen;
  }

  /**
   * Runs and compares.
   *
   * @return 0 if everything is the same, 1 if something differs, 130 if it was stopped
   * @throws LocalStartException if the run cannot be made
   */
  public int run() throws IOException, InterruptedException {
    List<InputFile> inputs = ReplayInputs.of(settings, config);
    List<String> changed = Comparison.inputs(written, inputs);
    changed.forEach(line -> screen.print("input differs: " + line));
    if (changed.isEmpty()) {
      screen.print("%,d inputs are the same".formatted(inputs.size()));
    }
    ReplayRun run = new ReplayRun(settings, config, screen, inputs);
    int code = repeat(run);
    Optional<Certificate> now = run.certificate();
    if (now.isEmpty()) {
      return code;
    }
    Comparison comparison = new Comparison(written, now.get());
    screen.print("");
    comparison.lines().forEach(screen::print);
    boolean same = comparison.isSame();
    screen.print(same ? "the same run: nothing differs" : "NOT the same run: see above");
    return same ? 0 : DIFFERS;
  }

  private static int repeat(ReplayRun run) throws IOException, InterruptedException {
    try {
      return run.run();
    } catch (IllegalStateException | ExecutionException e) {
      throw new LocalStartException("--verify: the run failed: " + e.getMessage(), e);
    }
  }
}
