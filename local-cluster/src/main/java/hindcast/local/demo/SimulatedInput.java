package hindcast.local.demo;

import hindcast.audit.DelayQuantiles;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.PolicyCheckpoint;
import hindcast.connectors.catalogue.CatalogueStore;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.evaluation.EvaluationSettings;
import hindcast.jobs.evaluation.EvaluationSettings.Kind;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.evaluation.FixedPolicies;
import hindcast.local.DataDirectory;
import hindcast.local.LivePipeline;
import hindcast.local.catalogue.PublishedCatalogue;
import hindcast.local.certificate.InputFile;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Truths;
import hindcast.local.traffic.InputFeed;
import hindcast.local.traffic.LatestEventTime;
import hindcast.local.traffic.TrafficFeeder;
import hindcast.local.words.LogSpan;
import hindcast.policy.EpsilonGreedyPolicy;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.Traffic;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.TrueValue;
import hindcast.simulation.Truth;
import hindcast.simulation.WorldSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A simulated world as input of a demo.
 *
 * <p>Traffic starts at a whole minute of event time, so that equal seeds give equal results
 * whenever they run. On topics that hold traffic already it starts after that, with impression ids
 * and draws of its own.
 */
final class SimulatedInput implements DemoInput {

  private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);

  private final DemoSettings settings;
  private final PipelineConfig config;
  private final CatalogueManifest catalogue;
  private final CatalogueStore.Lease items;
  private final SyntheticWorld world;
  private final TrafficSettings traffic;
  private final Truth truth;
  private final long startMicros;
  private final boolean resumed;
  private TruthBoard board;
  private double best = Double.NaN;

  private SimulatedInput(
      DemoSettings settings,
      PipelineConfig config,
      CatalogueManifest catalogue,
      CatalogueStore.Lease items,
      SyntheticWorld world,
      long startMicros,
      boolean resumed) {
    this.settings = settings;
    this.config = config;
    this.catalogue = catalogue;
    this.items = items;
    this.world = world;
    this.startMicros = startMicros;
    this.resumed = resumed;
    long seed = resumed ? settings.seed() ^ startMicros : settings.seed();
    traffic =
        TrafficSettings.of(seed, settings.rate())
            .withRewardWindow(micros(config.reward().window()));
    truth = Truth.of(world, traffic);
  }

  /** Writes the items and holds the copy of them that the job will use too. */
  static SimulatedInput open(DemoSettings settings, LivePipeline pipeline, DataDirectory data)
      throws IOException {
    WorldSettings demo =
        WorldSettings.of(settings.seed(), settings.items())
            .withEmbeddingDimension(settings.dimension());
    CatalogueManifest catalogue =
        PublishedCatalogue.write(data.folder("catalogue"), SyntheticWorld.catalogue(demo));
    CatalogueStore.Lease items = CatalogueStore.ofProcess().acquire(catalogue);
    SyntheticWorld world = new SyntheticWorld(demo, items.catalogue());
    long latest = LatestEventTime.micros(pipeline.kafka());
    long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    long start = Math.floorDiv(now, MINUTE) * MINUTE;
    if (latest >= start) {
      start = (Math.floorDiv(latest, MINUTE) + 1) * MINUTE;
    }
    return new SimulatedInput(
        settings, pipeline.config(), catalogue, items, world, start, latest > 0);
  }

  @Override
  public String title() {
    return "seed %d, %,d items, %,.0f impressions/s"
        .formatted(settings.seed(), settings.items(), settings.rate());
  }

  @Override
  public String format() {
    return "simulation";
  }

  @Override
  public CatalogueManifest catalogue() {
    return catalogue;
  }

  @Override
  public Feeder feeder(InputFeed feed) {
    Duration duration = settings.duration();
    boolean bounded = duration != null;
    long impressions =
        bounded
            ? Math.max(1, Math.round(settings.rate() * duration.toMillis() / 1000))
            : Long.MAX_VALUE;
    TrafficFeeder feeder =
        new TrafficFeeder(
            new Traffic(world, traffic, startMicros, impressions),
            feed,
            new TrafficFeeder.Plan(
                resumed ? startMicros / MINUTE + "-" : "",
                startMicros,
                bounded ? startMicros + micros(duration) : Long.MAX_VALUE,
                traffic.maxDisorderMicros(),
                settings.dataDirectory() == null,
                rest()));
    return new Feeder() {
      @Override
      public void stop() {
        feeder.stop();
      }

      @Override
      public void run() {
        feeder.run();
      }

      @Override
      public long impressions() {
        return feeder.impressions();
      }
    };
  }

  @Override
  public long seconds() {
    return settings.duration() == null ? -1 : settings.duration().toSeconds();
  }

  @Override
  public Truths truths(ResultBoard results) {
    board = new TruthBoard(truth, results);
    return board;
  }

  @Override
  public void learned(PolicyCheckpoint checkpoint) {
    try {
      board.put(
          checkpoint.getPolicyId(),
          checkpoint.getVersion(),
          PolicyCheckpointCodec.read(checkpoint).parameters());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void computeTruths() {
    if (Double.isNaN(best)) {
      EvaluationSettings.of(config).lines().forEach(this::computeFixed);
      best = truth.ofBest().value();
    }
    board.compute();
  }

  @Override
  public LogSpan span() {
    long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    return new LogSpan(startMicros, Math.max(startMicros, now));
  }

  @Override
  public Optional<DelayQuantiles> delays() {
    return Optional.empty();
  }

  @Override
  public List<InputFile> files() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return Double.isNaN(best) ? List.of() : List.of("best achievable value %.4f".formatted(best));
  }

  @Override
  public void close() {
    items.close();
  }

  private void computeFixed(PolicyLine line) {
    if (!line.forms().isEmpty() && line.kind() != Kind.LEARNED) {
      EpsilonGreedyPolicy played =
          (EpsilonGreedyPolicy) FixedPolicies.of(line, Math.toIntExact(catalogue.getCount()));
      board.put(
          line.id(), truth.ofTable((segment, item) -> played.probability(segment, item, null)));
      return;
    }
    TrueValue value =
        switch (line.kind()) {
          case UNIFORM -> truth.ofUniform();
          case LOGGING -> truth.ofLogging();
          case ALWAYS -> truth.ofTable((segment, item) -> item.equals(line.item()) ? 1 : 0);
          case TABLE -> truth.ofTable((segment, item) -> probability(line, item, segment));
          case LEARNED -> null;
        };
    if (value != null) {
      board.put(line.id(), value);
    }
  }

  private static double probability(PolicyLine line, String item, String segment) {
    Map<String, Double> bySegment = line.table().get(item);
    return bySegment == null ? 0 : bySegment.getOrDefault(segment, 0.0);
  }

  /** Event time after the last message in which every window closes. */
  private long rest() {
    return micros(config.reward().window())
        + micros(config.learning().window())
        + micros(config.evaluation().reportEvery())
        + MINUTE / 30;
  }

  private static long micros(Duration duration) {
    return TimeUnit.MILLISECONDS.toMicros(duration.toMillis());
  }
}
