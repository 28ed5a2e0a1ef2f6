package hindcast.bench;

import hindcast.catalogue.BuildProgress;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.HnswIndex;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.gradient.MinibatchScoreGradient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32C;

/**
 * The catalogue of a benchmark and the indexes over it, each built when it is first needed, timed,
 * and kept in files of a folder if there is one.
 */
final class BenchIndexes {
  private static final int[] HNSW_CANDIDATES = {32, 64, 128, 256, 512};
  private static final int[] PARTITION_PLACES = {0, 500, 1000, 2000, 4000, 8000};

  private final ItemCatalogue catalogue;
  private final PackedEmbeddings embeddings;
  private final CatalogueIndexes indexes;
  private final IndexCache cache;
  private final long seed;
  private final Progress progress;
  private final List<BuildTime> builds = new ArrayList<>();
  private HnswIndex hnsw;
  private PartitionIndex partition;

  BenchIndexes(ItemVectors items, Path cache, long seed, Progress progress) {
    catalogue = items.catalogue();
    embeddings = (PackedEmbeddings) catalogue.embeddings();
    indexes = new CatalogueIndexes(embeddings);
    this.cache = new IndexCache(cache, identity(embeddings.packed(), items));
    this.seed = seed;
    this.progress = progress;
  }

  private static String identity(float[] packed, ItemVectors items) {
    CRC32C hash = new CRC32C();
    for (float value : packed) {
      int bits = Float.floatToRawIntBits(value);
      hash.update(bits);
      hash.update(bits >>> 8);
      hash.update(bits >>> 16);
      hash.update(bits >>> 24);
    }
    return "%dx%d-%08x".formatted(items.size(), items.dimension(), hash.getValue());
  }

  /** The vectors in blocks of 16. */
  float[] packed() {
    return embeddings.packed();
  }

  /** The searches as gradients take them. */
  CatalogueIndexes indexes() {
    return indexes;
  }

  /** What was built, or read, so far. */
  List<BuildTime> builds() {
    return List.copyOf(builds);
  }

  /** A gradient, its indexes built before. */
  MinibatchScoreGradient gradient(String name, Map<String, Double> parameters) {
    switch (name) {
      case "mixture", "top-k-tail" -> hnsw();
      case "partition", "auto" -> partition();
      default -> {}
    }
    return MinibatchScoreGradient.of(name, parameters, catalogue, indexes);
  }

  /** The indexes of a comparison, each with several settings. */
  List<IndexBenchmark.Candidate> candidates() {
    List<IndexBenchmark.Candidate> candidates = new ArrayList<>();
    candidates.add(new IndexBenchmark.Candidate("exact", 0, new ExactIndex(embeddings)));
    for (int places : PARTITION_PLACES) {
      candidates.add(new IndexBenchmark.Candidate("partition", places, partition().search(places)));
    }
    for (int ef : HNSW_CANDIDATES) {
      candidates.add(new IndexBenchmark.Candidate("hnsw", ef, hnsw().withEf(ef)));
    }
    return candidates;
  }

  private HnswIndex hnsw() {
    if (hnsw == null) {
      hnsw =
          timed(
              "hnsw",
              () -> cache.readHnsw(embeddings),
              () -> HnswIndex.builder(embeddings).progress(telling("hnsw")).build(),
              cache::write,
              HnswIndex::bytes);
      indexes.use(hnsw);
    }
    return hnsw;
  }

  private PartitionIndex partition() {
    if (partition == null) {
      partition =
          timed(
              "partition",
              cache::readPartition,
              () ->
                  PartitionIndex.builder(embeddings)
                      .seed(seed)
                      .progress(telling("partition"))
                      .build(),
              cache::write,
              PartitionIndex::bytes);
      indexes.use(partition);
    }
    return partition;
  }

  private <T> T timed(
      String name,
      Supplier<T> read,
      Supplier<T> build,
      Consumer<T> write,
      ToLongFunction<T> bytes) {
    long start = System.nanoTime();
    long startCpu = CpuClock.processNanos();
    T index = read.get();
    boolean cached = index != null;
    if (!cached) {
      progress.say("building " + name);
      start = System.nanoTime();
      startCpu = CpuClock.processNanos();
      index = build.get();
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    double cpuSeconds = (CpuClock.processNanos() - startCpu) * 1e-9;
    builds.add(new BuildTime(name, cpuSeconds, seconds, bytes.applyAsLong(index), cached));
    if (!cached) {
      write.accept(index);
    }
    return index;
  }

  private BuildProgress telling(String index) {
    long[] told = {System.nanoTime()};
    return (phase, done, total) -> {
      if (System.nanoTime() - told[0] > 5e9) {
        told[0] = System.nanoTime();
        progress.say("building %s: %s %,d of %,d".formatted(index, phase, done, total));
      }
    };
  }
}
