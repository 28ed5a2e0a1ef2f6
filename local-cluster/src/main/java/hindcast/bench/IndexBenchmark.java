package hindcast.bench;

import hindcast.catalogue.MaximumInnerProductIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recall against latency of the indexes. Queries are the contexts of test users. Times are CPU time
 * of one thread, one query at a time and in batches of 32, indexes taking turns; recall is against
 * every item's score in double precision.
 */
final class IndexBenchmark {
  private static final int[] SIZES = {32, 256};
  private static final int[] BATCHES = {1, 32};
  private static final double WARM_UP_MS = 1500;
  private static final int WARM_UP = 40;
  private static final double TOLERANCE = 1e-5;

  private final BenchData data;
  private final BenchIndexes indexes;
  private final int rounds;
  private final Progress progress;
  private final double[][] queries;

  /** An index with a setting. */
  record Candidate(String name, int setting, MaximumInnerProductIndex index) {}

  IndexBenchmark(
      BenchData data, BenchIndexes indexes, int queryCount, int rounds, Progress progress) {
    this.data = data;
    this.indexes = indexes;
    this.rounds = rounds;
    this.progress = progress;
    int count = Math.min(queryCount, data.test().size());
    queries = new double[count][];
    for (int i = 0; i < count; i++) {
      float[] mean = data.items().mean(data.test().get(i).observed());
      queries[i] = new double[mean.length];
      for (int l = 0; l < mean.length; l++) {
        queries[i][l] = mean[l];
      }
    }
  }

  /** Runs it for all candidates. */
  IndexRun run(List<Candidate> candidates, long seed) {
    List<IndexRun.Result> results = new ArrayList<>();
    for (int wanted : SIZES) {
      int k = Math.min(wanted, data.items().size());
      double[] thresholds = thresholds(k);
      for (Candidate candidate : candidates) {
        progress.say("top %d: warming up %s".formatted(k, label(candidate)));
        warmUp(candidate.index(), k);
      }
      progress.say("top %d: timing".formatted(k));
      double[][][] micros = times(candidates, k);
      for (int c = 0; c < candidates.size(); c++) {
        Candidate candidate = candidates.get(c);
        double recall = recall(candidate.index(), k, thresholds);
        for (int b = 0; b < BATCHES.length; b++) {
          results.add(
              new IndexRun.Result(
                  candidate.name(),
                  candidate.setting(),
                  k,
                  BATCHES[b],
                  recall,
                  Quantiles.of(micros[c][b])));
        }
      }
    }
    ItemVectors items = data.items();
    return new IndexRun(
        items.name(),
        items.size(),
        items.dimension(),
        seed,
        queries.length,
        indexes.builds(),
        results);
  }

  private static String label(Candidate candidate) {
    return candidate.setting() == 0
        ? candidate.name()
        : candidate.name() + " " + candidate.setting();
  }

  private double[][][] times(List<Candidate> candidates, int k) {
    double[][][] micros = new double[candidates.size()][BATCHES.length][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int c = 0; c < micros.length; c++) {
        for (int b = 0; b < BATCHES.length; b++) {
          MaximumInnerProductIndex index = candidates.get(c).index();
          int batch = BATCHES[b];
          micros[c][b][round] =
              1e3 * CpuClock.millis(() -> search(index, k, batch)) / queries.length;
        }
      }
    }
    return micros;
  }

  private void warmUp(MaximumInnerProductIndex index, int k) {
    long start = CpuClock.nanos();
    for (int t = 0; t < WARM_UP && (CpuClock.nanos() - start) * 1e-6 < WARM_UP_MS; t++) {
      search(index, k, 1);
      search(index, k, BATCHES[1]);
    }
  }

  private void search(MaximumInnerProductIndex index, int k, int batch) {
    int[][] found = new int[batch][k];
    for (int from = 0; from < queries.length; from += batch) {
      if (batch == 1) {
        index.topK(queries[from], k, found[0]);
      } else {
        int to = Math.min(queries.length, from + batch);
        index.topK(Arrays.copyOfRange(queries, from, to), to - from, k, found);
      }
    }
  }

  private double recall(MaximumInnerProductIndex index, int k, double[] thresholds) {
    int[] found = new int[k];
    double sum = 0;
    for (int i = 0; i < queries.length; i++) {
      int count = index.topK(queries[i], k, found);
      int good = 0;
      for (int j = 0; j < count; j++) {
        good += score(queries[i], found[j]) >= thresholds[i] ? 1 : 0;
      }
      sum += (double) good / k;
    }
    return sum / queries.length;
  }

  /** The score of the k-th best item, less what single precision may lose. */
  private double[] thresholds(int k) {
    double[] thresholds = new double[queries.length];
    double[] scores = new double[data.items().size()];
    for (int i = 0; i < queries.length; i++) {
      for (int a = 0; a < scores.length; a++) {
        scores[a] = score(queries[i], a);
      }
      Arrays.sort(scores);
      double kth = scores[scores.length - k];
      thresholds[i] = kth - TOLERANCE * Math.abs(scores[scores.length - 1]);
    }
    return thresholds;
  }

  private double score(double[] query, int item) {
    float[] rows = data.items().rows();
    int from = item * query.length;
    double sum = 0;
    for (int l = 0; l < query.length; l++) {
      sum += query[l] * rows[from + l];
    }
    return sum;
  }
}
