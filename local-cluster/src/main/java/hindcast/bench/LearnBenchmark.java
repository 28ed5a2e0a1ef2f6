package hindcast.bench;

import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.gradient.MinibatchScoreGradient;
import hindcast.numeric.CounterBasedRandom;
import hindcast.training.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Session completion as in the FOPO paper: a linear policy learns by Adam on E_π[1(a in Y)] from Θ
 * = c I, once for each estimator and seed; seeds differ in the order of the users and in the draws.
 * CPU time is that of the steps alone (gradient and Adam), after a warm-up on the first minibatches
 * from which nothing is kept.
 *
 * <p>Test users have no part in the item vectors nor in the steps.
 */
final class LearnBenchmark {
  private static final int WARM_UP = 300;
  private static final int TEST_BATCH = 32;

  private final BenchData data;
  private final BenchIndexes indexes;
  private final LearnRun.Settings settings;
  private final Progress progress;
  private final List<SessionBatch> test;
  private final ThetaGradient exact;
  private final double[] start;
  private final double scale;

  LearnBenchmark(
      BenchData data, BenchIndexes indexes, LearnRun.Settings settings, Progress progress) {
    this.data = data;
    this.indexes = indexes;
    this.settings = settings;
    this.progress = progress;
    int dimension = data.items().dimension();
    test = batches(data.test());
    MinibatchScoreGradient sum = indexes.gradient("exact", Map.of());
    exact = new ThetaGradient(sum, false, null, dimension);
    start = new double[dimension * dimension];
    for (int l = 0; l < dimension; l++) {
      start[l * dimension + l] = 1;
    }
    scale =
        new Perplexity(sum, test.subList(0, Math.min(4, test.size())))
            .scaleFor(start, settings.perplexity());
    for (int k = 0; k < start.length; k++) {
      start[k] *= scale;
    }
  }

  LearnRun run() {
    List<LearnRun.Curve> curves = new ArrayList<>();
    for (Contender contender : settings.contenders()) {
      for (int s = 0; s < settings.seeds(); s++) {
        curves.add(curve(contender, settings.seed() + s));
      }
    }
    ItemVectors items = data.items();
    return new LearnRun(
        items.name(),
        items.size(),
        items.dimension(),
        settings,
        indexes.builds(),
        judge(0, 0, start),
        curves);
  }

  private LearnRun.Curve curve(Contender contender, long seed) {
    List<SessionBatch> batches =
        SessionBatch.draw(
            data.items(), data.train(), settings.steps(), settings.batchSize(), 1000 + seed);
    double[] out = new double[start.length];
    warmUp(contender, batches, out);
    ThetaGradient gradient = gradient(contender);
    double[] theta = start.clone();
    Adam adam = new Adam(0.9, 0.999, 1e-12, theta.length);
    List<LearnRun.Point> points = new ArrayList<>();
    long nanos = 0;
    for (int step = 1; step <= settings.steps(); step++) {
      long before = CpuClock.nanos();
      gradient.fit(theta, batches.get(step - 1), CounterBasedRandom.bits(seed, step));
      gradient.of(Reward.SPARSE, out);
      adam.step(theta, out, settings.learningRate() * scale);
      nanos += CpuClock.nanos() - before;
      if (step % settings.every() == 0 || step == settings.steps()) {
        points.add(judge(step, nanos * 1e-6, theta));
      }
    }
    LearnRun.Point last = points.get(points.size() - 1);
    progress.say(
        "%s, seed %d: expected reward %.4f, greedy %.4f, %.2f CPU s"
            .formatted(
                contender.label(),
                seed,
                last.expectedReward(),
                last.greedyReward(),
                last.cpuMs() * 1e-3));
    return new LearnRun.Curve(contender, seed, gradient.softmax().report().estimator(), points);
  }

  private void warmUp(Contender contender, List<SessionBatch> batches, double[] out) {
    ThetaGradient gradient = gradient(contender);
    double[] theta = start.clone();
    Adam adam = new Adam(0.9, 0.999, 1e-12, theta.length);
    for (int k = 0; k < WARM_UP; k++) {
      gradient.fit(theta, batches.get(k % batches.size()), k);
      gradient.of(Reward.SPARSE, out);
      adam.step(theta, out, settings.learningRate() * scale);
    }
  }

  private ThetaGradient gradient(Contender contender) {
    return new ThetaGradient(
        indexes.gradient(contender.gradient(), contender.parameters()),
        contender.asPublished(),
        null,
        data.items().dimension());
  }

  private LearnRun.Point judge(int step, double cpuMs, double[] theta) {
    double expected = 0;
    int hits = 0;
    int users = 0;
    double[] out = new double[theta.length];
    double[] h = new double[data.items().dimension()];
    int[] best = new int[1];
    MaximumInnerProductIndex index = indexes.indexes().exact();
    for (SessionBatch batch : test) {
      exact.fit(theta, batch, 0);
      expected += exact.of(Reward.SPARSE, out) * batch.size();
      for (int i = 0; i < batch.size(); i++) {
        batch.contexts()[i].project(theta, h.length, h);
        index.topK(h, 1, best);
        hits += Arrays.binarySearch(batch.held()[i], best[0]) >= 0 ? 1 : 0;
      }
      users += batch.size();
    }
    return new LearnRun.Point(step, cpuMs, expected / users, (double) hits / users);
  }

  private List<SessionBatch> batches(List<Session> sessions) {
    List<SessionBatch> batches = new ArrayList<>();
    for (int from = 0; from < sessions.size(); from += TEST_BATCH) {
      int to = Math.min(sessions.size(), from + TEST_BATCH);
      batches.add(SessionBatch.of(data.items(), sessions.subList(from, to), settings.seed()));
    }
    return batches;
  }
}
