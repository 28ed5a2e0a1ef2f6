package hindcast.bench;

import hindcast.gradient.MinibatchScoreGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Speed and error of the gradient estimators, side by side on the same minibatches: see {@link
 * StageTraining} for the policies, {@link StageMeasurement} for what is measured.
 */
final class GradientBenchmark {
  private final BenchData data;
  private final BenchIndexes indexes;
  private final GradientSettings settings;
  private final Progress progress;
  private final float[] dense;
  private final List<SessionBatch> batches;

  GradientBenchmark(
      BenchData data, BenchIndexes indexes, GradientSettings settings, Progress progress) {
    this.data = data;
    this.indexes = indexes;
    this.settings = settings;
    this.progress = progress;
    this.dense = DenseReward.of(data.items(), settings.seed());
    this.batches =
        SessionBatch.draw(
            data.items(),
            data.test(),
            settings.minibatches(),
            settings.batchSize(),
            settings.seed());
  }

  /** Runs; {@code peer} may be null. */
  GradientRun run(Peer peer) {
    List<ThetaGradient> gradients = new ArrayList<>();
    for (Contender contender : settings.contenders()) {
      progress.say("preparing " + contender.label());
      gradients.add(gradient(contender));
    }
    List<Stage> stages = stages();
    progress.say("measuring the machine's limits");
    ItemVectors items = data.items();
    MachineLimits limits = MachineLimits.measure(indexes.packed(), items.size(), items.dimension());
    List<GradientResult> results = new ArrayList<>();
    List<List<Map<Reward, double[]>>> references = new ArrayList<>();
    for (Stage stage : stages) {
      progress.say("%s: exact gradient in double precision".formatted(stage.name()));
      List<Map<Reward, double[]>> exact = references(stage);
      references.add(exact);
      results.addAll(
          new StageMeasurement(settings, batches, exact, stage)
              .run(settings.contenders(), gradients, progress));
    }
    String description = null;
    if (peer != null) {
      Peer.Result found = peer.run(data, batches, stages, references, settings, progress);
      results.addAll(found.results());
      description = found.description();
    }
    return new GradientRun(
        items.name(),
        items.size(),
        items.dimension(),
        settings,
        indexes.builds(),
        limits,
        stages,
        results,
        description);
  }

  private ThetaGradient gradient(Contender contender) {
    MinibatchScoreGradient softmax = indexes.gradient(contender.gradient(), contender.parameters());
    return new ThetaGradient(softmax, contender.asPublished(), dense, data.items().dimension());
  }

  private List<Stage> stages() {
    Perplexity perplexity = new Perplexity(indexes.gradient("exact", Map.of()), batches);
    ThetaGradient trained =
        new ThetaGradient(
            indexes.gradient("auto", Map.of()), false, dense, data.items().dimension());
    return new StageTraining(
            data,
            trained,
            perplexity,
            settings.batchSize(),
            settings.stepsAStage(),
            settings.seed(),
            progress)
        .run(settings.perplexities(data.items().size()));
  }

  private List<Map<Reward, double[]>> references(Stage stage) {
    ReferenceGradient reference = new ReferenceGradient(data.items(), dense);
    return IntStream.range(0, batches.size())
        .parallel()
        .mapToObj(m -> reference.of(stage.theta(), batches.get(m)))
        .toList();
  }
}
