package hindcast.local.replay;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.DeadLetter;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.connectors.kafka.MarkerWatermarks;
import hindcast.connectors.logs.LogProgress;
import hindcast.connectors.logs.LogScan;
import hindcast.jobs.FlinkSettings;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalFlink;
import hindcast.local.LocalMetrics;
import hindcast.local.LogFiles;
import hindcast.local.LogItems;
import hindcast.local.RunningJob;
import hindcast.local.StopSignal;
import hindcast.local.catalogue.LogCatalogue;
import hindcast.local.catalogue.PublishedCatalogue;
import hindcast.local.certificate.Certificate;
import hindcast.local.certificate.InputFile;
import hindcast.local.certificate.RunOrigin;
import hindcast.local.estimates.WindowBook;
import hindcast.local.estimates.WindowFile;
import hindcast.local.page.LogDelays;
import hindcast.local.page.PageData;
import hindcast.local.page.ReplayPage;
import hindcast.local.results.LedgerTotals;
import hindcast.local.results.Report;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.RunSummary;
import hindcast.local.results.Truths;
import hindcast.local.screen.Dashboard;
import hindcast.local.screen.PolicyTable;
import hindcast.local.screen.ProgressBar;
import hindcast.local.screen.Screen;
import hindcast.local.words.LineWindows;
import hindcast.local.words.LogSpan;
import hindcast.local.words.PolicyCase;
import hindcast.local.words.PolicyCases;
import hindcast.local.words.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One pass of the pipeline over a historical log, with a progress bar and a table at the end. */
public final class ReplayRun {

  private static final int INTERRUPTED = 130;
  private static final int LINES_A_LOOK = 1_000;
  private static final long LIVE_MILLIS = 200;
  private static final long PLAIN_MILLIS = 5_000;

  private final ReplaySettings settings;
  private final PipelineConfig wanted;
  private final Screen screen;
  private final ResultBoard results = new ResultBoard();
  private final WindowBook windows = new WindowBook();
  private final LineWindows lines = new LineWindows();
  private final LearnedPolicies learned = new LearnedPolicies();
  private List<InputFile> inputs;
  private boolean certified;
  private Certificate certificate;

  public ReplayRun(ReplaySettings settings, PipelineConfig wanted, Screen screen) {
    this.settings = settings;
    this.wanted = wanted;
    this.screen = screen;
  }

  /**
   * A run that has a certificate, whether or not it is written.
   *
   * @param inputs every file it reads
   */
  ReplayRun(ReplaySettings settings, PipelineConfig wanted, Screen screen, List<InputFile> inputs) {
    this(settings, wanted, screen);
    this.inputs = inputs;
    certified = true;
  }

  /**
   * Runs to the end of the log.
   *
   * @return 0 after a clean end, 1 if a ledger does not balance, 130 if it was stopped before
   * @throws IllegalStateException if the job failed
   */
  public int run() throws IOException, ExecutionException, InterruptedException {
    checkFiles();
    LogScan scan = scan();
    certified |= settings.certificate() != null;
    boolean told = certified || settings.html() != null || settings.state() != null;
    if (inputs == null && told) {
      inputs = ReplayInputs.of(settings, wanted);
    }
    try (StopSignal stop = StopSignal.install();
        ReplayState state = state()) {
      int code = run(scan, state, stop);
      if (code != INTERRUPTED) {
        state.ended();
      }
      return code;
    }
  }

  private int run(LogScan scan, ReplayState state, StopSignal stop)
      throws IOException, ExecutionException, InterruptedException {
    try (LocalFlink flink = LocalFlink.start(0, wanted.job().parallelism(), state.flink())) {
      CatalogueManifest manifest =
          PublishedCatalogue.write(
              state.folder("catalogue"), LogCatalogue.of(scan, settings.items()));
      PipelineConfig config =
          LogItems.named(wanted, scan)
              .with(Map.of("checkpoint-store.directory", state.folder("policies").toString()));
      if (state.isResumed()) {
        screen.print("going on from the last checkpoint in " + settings.state());
      }
      try (DeadLetterFile letters =
              settings.deadLetters() == null ? null : new DeadLetterFile(settings.deadLetters());
          ResultJournal<PolicyCheckpoint> checkpoints =
              journal(state, PolicyCheckpoint.class, this::learned);
          ResultJournal<ValueEstimate> estimates =
              journal(state, ValueEstimate.class, results::add);
          ResultJournal<ValueWindow> valueWindows = journal(state, ValueWindow.class, this::store);
          ResultJournal<Alert> alerts = journal(state, Alert.class, results::add);
          ResultJournal<AuditFinding> findings = journal(state, AuditFinding.class, results::add);
          ResultJournal<GateVerdict> verdicts = journal(state, GateVerdict.class, results::add);
          ResultJournal<DeadLetter> deadLetters =
              journal(state, DeadLetter.class, letters == null ? letter -> {} : letters::add)) {
        StreamExecutionEnvironment env = flink.environment(flinkSettings(config));
        env.setParallelism(config.job().parallelism());
        ReplayJob.build(
            env,
            config,
            settings,
            scan,
            manifest,
            new ReplayJob.Sinks(
                checkpoints.sink(),
                estimates.sink(),
                valueWindows.sink(),
                alerts.sink(),
                findings.sink(),
                verdicts.sink(),
                deadLetters.sink()));
        return follow(flink, new RunningJob(flink.submit(env, config.job().name())), scan, stop);
      }
    }
  }

  private ReplayState state() throws IOException {
    return settings.state() == null
        ? ReplayState.temporary()
        : ReplayState.at(
            settings.state(),
            RunOrigin.of(new Certificate.Origin(settings.command(), inputs, wanted)));
  }

  private static <T extends SpecificRecord> ResultJournal<T> journal(
      ReplayState state, Class<T> type, Consumer<T> consumer) throws IOException {
    return new ResultJournal<>(state.results(type.getSimpleName()), type, consumer);
  }

  private LogScan scan() {
    long[] shown = {System.nanoTime()};
    LogScan scan =
        LogFiles.scan(
            settings.format(),
            settings.logs().files(),
            settings.rewards().files(),
            wanted.reward().window(),
            entries -> look(entries, shown));
    if (screen.isLive()) {
      screen.show(List.of());
    }
    return scan;
  }

  private void look(long entries, long[] shown) {
    if (screen.isLive() && entries % LINES_A_LOOK == 0) {
      long now = System.nanoTime();
      if (now - shown[0] >= LIVE_MILLIS * 1_000_000) {
        shown[0] = now;
        screen.show(List.of("looking for items and times: %,d lines".formatted(entries)));
      }
    }
  }

  /**
   * Nothing is written in transactions, so without a state that is kept the end need not wait for a
   * last checkpoint. With one there have to be checkpoints although the source of the catalogue
   * ends at once.
   */
  private Configuration flinkSettings(PipelineConfig config) {
    Configuration flink = FlinkSettings.of(config);
    flink.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, settings.state() != null);
    return flink;
  }

  private int follow(LocalFlink flink, RunningJob job, LogScan scan, StopSignal stop)
      throws IOException, ExecutionException, InterruptedException {
    long start = System.nanoTime();
    long shown = start / 1_000_000;
    while (!job.hasEnded() && !stop.await(LIVE_MILLIS)) {
      long now = System.nanoTime() / 1_000_000;
      if (screen.isLive() || now - shown >= PLAIN_MILLIS) {
        shown = now;
        screen.show(List.of(progress(scan, start)));
      }
    }
    boolean whole = job.hasEnded();
    if (whole) {
      job.requireSuccess();
    } else {
      job.stop(flink.savepointFolder(), () -> true);
    }
    RunSummary summary = summary(flink.metrics(), (System.nanoTime() - start) / 1e9);
    screen.show(List.of(progress(scan, start)));
    screen.print("");
    PolicyTable.lines(results, Truths.UNKNOWN, List.of()).forEach(screen::print);
    PolicyTable.remarks(results).forEach(screen::print);
    PolicyTable.checkpoints(results).forEach(screen::print);
    Dashboard.endOfRun(summary).forEach(screen::print);
    return whole ? finish(summary, scan) : stopped();
  }

  private void learned(PolicyCheckpoint checkpoint) {
    results.add(checkpoint);
    if (settings.publish() || settings.checkpoints() != null) {
      learned.add(checkpoint);
    }
  }

  private void store(ValueWindow window) {
    lines.add(window);
    if (certified || settings.windows() != null) {
      windows.add(window);
    }
  }

  /** The certificate of the run; empty before it has ended, where it was stopped or has none. */
  public Optional<Certificate> certificate() {
    return Optional.ofNullable(certificate);
  }

  private int finish(RunSummary summary, LogScan scan) throws IOException {
    LogSpan span = new LogSpan(scan.firstTimeMicros(), scan.lastTimeMicros());
    List<PolicyCase> cases = PolicyCases.of(results, lines, wanted, span);
    Words words = new Words(cases, wanted);
    screen.print("");
    words.lines().forEach(screen::print);
    Certificate.Origin origin =
        new Certificate.Origin(settings.command(), inputs == null ? List.of() : inputs, wanted);
    if (certified) {
      certificate = Certificate.of(origin, summary, windows.records());
    }
    if (settings.certificate() != null) {
      certificate.write(settings.certificate());
      screen.print("certificate written to " + settings.certificate());
    }
    if (settings.report() != null) {
      Report.write(words.addTo(Report.of(summary)), settings.report());
      screen.print("report written to " + settings.report());
    }
    if (settings.windows() != null) {
      WindowFile.write(windows.records(), settings.windows());
      screen.print("windows of estimates written to " + settings.windows());
    }
    if (settings.html() != null) {
      ReplayPage.write(
          new PageData(
              "Replay of " + settings.logs().title(),
              span,
              cases,
              summary,
              Optional.of(LogDelays.of(settings.format(), scan.pieces(), wanted.reward().window())),
              origin,
              certificate()),
          settings.html());
      screen.print("page written to " + settings.html());
    }
    if (settings.checkpoints() != null) {
      learned
          .write(settings.checkpoints())
          .forEach(file -> screen.print("checkpoint written to " + file));
    }
    if (settings.publish()) {
      learned
          .publish(PipelineJob.kafkaSettings(wanted), wanted.checkpointStore().directory())
          .forEach(
              control ->
                  screen.print(
                      "published: %s version %d is evaluated from the next window on (command %s)"
                          .formatted(
                              control.getPolicy(), control.getVersion(), control.getCommandId())));
    }
    return summary.isBalanced() ? 0 : 1;
  }

  private int stopped() {
    screen.print("stopped before the end of the log: no report is written");
    if (settings.state() != null) {
      screen.print("the same command goes on from here: its state is in " + settings.state());
    }
    return INTERRUPTED;
  }

  private RunSummary summary(LocalMetrics metrics, double seconds) {
    LedgerTotals impressions = LedgerTotals.read("impressions", metrics);
    LedgerTotals rewards = LedgerTotals.read("rewards", metrics);
    return new RunSummary(
        settings.format().name(),
        impressions,
        rewards,
        results,
        Truths.UNKNOWN,
        RunSummary.isDeterministic(
            impressions, rewards, metrics.sum(MarkerWatermarks.IDLE_FALLBACKS)),
        impressions.in(),
        seconds);
  }

  private String progress(LogScan scan, long start) {
    long lines = LogProgress.of(scan.pieces()).lines();
    return ProgressBar.line(
        lines / (double) Math.max(1, scan.lines()),
        Math.min(lines, scan.entries()),
        (System.nanoTime() - start) / 1e9);
  }

  private void checkFiles() {
    if (settings.items() != null) {
      LogFiles.requireReadable("--items", settings.items());
    }
    checkWritable("--report", settings.report());
    checkWritable("--windows", settings.windows());
    checkWritable("--dead-letters", settings.deadLetters());
    checkWritable("--certificate", settings.certificate());
    checkWritable("--html", settings.html());
    if (settings.publish()) {
      LearnedPolicies.book(PipelineJob.kafkaSettings(wanted));
    }
  }

  private static void checkWritable(String option, Path file) {
    if (file != null) {
      Report.checkWritable(option, file);
    }
  }
}
