package hindcast.local.demo;

import hindcast.connectors.kafka.MarkerWatermarks;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.DataDirectory;
import hindcast.local.LivePipeline;
import hindcast.local.LocalMetrics;
import hindcast.local.StopSignal;
import hindcast.local.certificate.Certificate;
import hindcast.local.page.PageData;
import hindcast.local.page.ReplayPage;
import hindcast.local.results.Report;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.RunSummary;
import hindcast.local.results.Truths;
import hindcast.local.screen.Dashboard;
import hindcast.local.screen.GradientLines;
import hindcast.local.screen.Screen;
import hindcast.local.traffic.InputFeed;
import hindcast.local.words.LineWindows;
import hindcast.local.words.LogSpan;
import hindcast.local.words.PolicyCases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run of the demo: broker, cluster, job and traffic in this process, shown until the traffic
 * ends or somebody stops it.
 *
 * <p>When the traffic ends the job reads to its end, so that nothing is held any more; when it is
 * stopped, what is held stays in the savepoint and in the ledgers.
 */
public final class DemoRun {

  private static final long LIVE_MILLIS = 400;
  private static final long PLAIN_MILLIS = 5_000;
  private static final long STATUS_MILLIS = 1_000;
  private static final List<String> SHOWN = List.of("IPS", "SNIPS");

  private final DemoSettings settings;
  private final PipelineConfig wanted;
  private final Screen screen;
  private final ResultBoard results = new ResultBoard();
  private final LineWindows windows = new LineWindows();
  private final AtomicReference<Throwable> feederFailure = new AtomicReference<>();
  private final RecentRate rate = new RecentRate();
  private DemoInput input;
  private LivePipeline pipeline;
  private DemoInput.Feeder feeder;
  private Truths truths = Truths.UNKNOWN;
  private long startNanos;
  private double seconds;

  public DemoRun(DemoSettings settings, PipelineConfig wanted, Screen screen) {
    this.settings = settings;
    this.wanted = wanted;
    this.screen = screen;
  }

  /**
   * Runs until the end.
   *
   * @return 0 after a clean end, 1 if the job failed or a ledger does not balance
   */
  public int run() throws IOException, ExecutionException, InterruptedException {
    if (settings.report() != null) {
      Report.checkWritable("--report", settings.report());
    }
    if (settings.html() != null) {
      Report.checkWritable("--html", settings.html());
    }
    screen.print("starting Kafka and Flink in this process ...");
    try (StopSignal stop = StopSignal.install();
        DataDirectory data = DataDirectory.of(settings.dataDirectory());
        LivePipeline started =
            LivePipeline.start(wanted, data, settings.kafkaPort(), settings.webPort())) {
      pipeline = started;
      if (settings.isLarge()) {
        screen.print(
            "making a world of %,d items, about a minute for a million ..."
                .formatted(settings.items()));
      }
      try (DemoInput opened = DemoInputs.open(settings, pipeline, data)) {
        input = opened;
        truths = input.truths(results);
        pipeline.submit(input.catalogue().getCount());
        return feedAndShow(stop);
      }
    }
  }

  private int feedAndShow(StopSignal stop)
      throws IOException, ExecutionException, InterruptedException {
    try (InputFeed feed = new InputFeed(pipeline.kafka());
        OutputReader outputs =
            new OutputReader(
                pipeline.kafka(),
                results::add,
                windows::add,
                checkpoint -> {
                  results.add(checkpoint);
                  input.learned(checkpoint);
                },
                results::add,
                results::add)) {
      feed.send(input.catalogue());
      feed.flush();
      startNanos = System.nanoTime();
      feeder = input.feeder(feed);
      Thread feeding = start("feeder", feeder);
      Thread truth = start("truth", this::computeTruths);
      boolean failed = !show(stop, outputs, feeding);
      feeder.stop();
      feeding.join();
      truth.interrupt();
      truth.join();
      return failed ? failed(outputs) : finish(stop, outputs);
    }
  }

  /** Shows the run until it is over; false if the job failed. */
  private boolean show(StopSignal stop, OutputReader outputs, Thread feeding)
      throws ExecutionException, InterruptedException {
    long nextStatus = 0;
    long nextShow = 0;
    while (!stop.isRequested()) {
      outputs.poll();
      long now = System.nanoTime() / 1_000_000;
      if (now >= nextStatus) {
        nextStatus = now + STATUS_MILLIS;
        if (pipeline.job().hasEnded() || feederFailure.get() != null) {
          return false;
        }
        if (!feeding.isAlive() && isDrained()) {
          return true;
        }
      }
      if (now >= nextShow) {
        nextShow = now + (screen.isLive() ? LIVE_MILLIS : PLAIN_MILLIS);
        screen.show(lines(feeding.isAlive() ? "running" : "draining"));
      }
    }
    return true;
  }

  private boolean isDrained() throws ExecutionException, InterruptedException {
    return pipeline.hasReadEverything()
        && pipeline.knowsItsCommands()
        && pipeline.impressions().held() == 0
        && pipeline.rewards().held() == 0
        && pipeline.impressions().gap() == 0
        && pipeline.rewards().gap() == 0;
  }

  private int finish(StopSignal stop, OutputReader outputs)
      throws IOException, InterruptedException {
    seconds = (System.nanoTime() - startNanos) / 1e9;
    screen.show(lines("stopping"));
    boolean exact = pipeline.stop(stop::isRequested);
    outputs.drain();
    if (!stop.isRequested()) {
      input.computeTruths();
    }
    RunSummary summary = summary();
    screen.show(Dashboard.lines(heading("stopped"), summary, SHOWN));
    if (settings.report() != null) {
      Report.write(summary, settings.report());
      screen.print("report written to " + settings.report());
    }
    if (settings.html() != null) {
      page(summary);
      screen.print("page written to " + settings.html());
    }
    if (!exact) {
      screen.print("stopped before everything on its way was counted: the ledgers lag behind");
      return stop.isRequested() ? 0 : 1;
    }
    if (!summary.isBalanced()) {
      screen.print("THE LEDGERS DO NOT BALANCE: records were lost or counted twice");
    }
    return summary.isBalanced() ? 0 : 1;
  }

  private void page(RunSummary summary) throws IOException {
    LogSpan span = input.span();
    ReplayPage.write(
        new PageData(
            "Demo: " + input.title(),
            span,
            PolicyCases.of(results, windows, wanted, span),
            summary,
            input.delays(),
            new Certificate.Origin(settings.command(), input.files(), wanted),
            Optional.empty()),
        settings.html());
  }

  private int failed(OutputReader outputs) {
    outputs.drain();
    screen.show(lines("failed"));
    Throwable feeder = feederFailure.get();
    if (feeder != null) {
      throw new IllegalStateException("the traffic failed: " + feeder.getMessage(), feeder);
    }
    pipeline.job().requireSuccess();
    throw new IllegalStateException("the job ended by itself");
  }

  private void computeTruths() {
    while (!Thread.currentThread().isInterrupted()) {
      input.computeTruths();
      try {
        Thread.sleep(STATUS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<String> lines(String state) {
    return Dashboard.lines(heading(state), summary(), SHOWN);
  }

  private Dashboard.Heading heading(String state) {
    long elapsed = (System.nanoTime() - startNanos) / 1_000_000_000;
    long left = input.seconds() < 0 ? -1 : Math.max(0, input.seconds() - elapsed);
    boolean stopped = state.equals("stopped");
    return new Dashboard.Heading(
        input.title(),
        state,
        stopped ? "" : pipeline.flink().webAddress().toString(),
        elapsed,
        stopped ? -1 : left,
        rate.perSecond(pipeline.impressions().in() + pipeline.rewards().in()),
        notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(GradientLines.of(pipeline.flink().metrics()));
    notes.addAll(input.notes());
    return notes;
  }

  private RunSummary summary() {
    LocalMetrics metrics = pipeline.flink().metrics();
    return new RunSummary(
        input.format(),
        pipeline.impressions(),
        pipeline.rewards(),
        results,
        truths,
        RunSummary.isDeterministic(
            pipeline.impressions(),
            pipeline.rewards(),
            metrics.sum(MarkerWatermarks.IDLE_FALLBACKS)),
        feeder == null ? 0 : feeder.impressions(),
        seconds > 0 ? seconds : (System.nanoTime() - startNanos) / 1e9);
  }

  private Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, "hindcast-" + name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((failed, cause) -> feederFailure.set(cause));
    thread.start();
    return thread;
  }
}
