package hindcast.bench;

import hindcast.local.LocalStartException;
import hindcast.local.results.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every benchmark is told: the data, where results go, seeds. */
final class BenchOptions {

  @Option(
      names = "--data",
      defaultValue = "clustered",
      paramLabel = "NAME",
      description =
          "clustered, isotropic, normalised (clustered, every norm 1), gowalla, gowalla-normalised,"
              + " gowalla-copies, gowalla-copies-normalised, or a .npy file with vectors. Default:"
              + " ${DEFAULT-VALUE}")
  private String data;

  @Option(
      names = "--items",
      defaultValue = "0",
      paramLabel = "P",
      description = "Items of made-up data. Default: 100000, copies 500000.")
  private int items;

  @Option(
      names = "--dimension",
      defaultValue = "64",
      paramLabel = "L",
      description = "Length of an item's vector. Default: ${DEFAULT-VALUE}")
  private int dimension;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder of real data. Default: the environment variable HINDCAST_DATA.")
  private Path folder;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "B",
      description = "Contexts in a minibatch. Default: ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of data, draws and indexes. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the results here as JSON, and pictures beside it (PNG).")
  private Path json;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Keeps built indexes here and reads them in the next run.")
  private Path cache;

  int batch() {
    return batch;
  }

  long seed() {
    return seed;
  }

  Path json() {
    return json;
  }

  Path cache() {
    return cache;
  }

  int dimension() {
    return dimension;
  }

  /** Refuses what cannot be, before anything is computed. */
  void check() {
    atLeast("--items", items, 0);
    if (items != 0 && items < 50) {
      throw new LocalStartException("--items must be at least 50: " + items);
    }
    atLeast("--dimension", dimension, 2);
    atLeast("--batch", batch, 1);
    if ((long) items * dimension > Integer.MAX_VALUE - 16L) {
      throw new LocalStartException(
          "--items times --dimension must be below 2^31: " + items + " x " + dimension);
    }
    if (json != null) {
      Report.checkWritable("--json", json);
    }
    if (cache != null && !Files.isDirectory(cache)) {
      throw new LocalStartException("--cache must be a folder: " + cache);
    }
  }

  BenchData data(Progress progress) {
    progress.say("data: " + data);
    BenchData read = BenchData.of(data, items, dimension, seed, realData());
    ItemVectors vectors = read.items();
    progress.say(
        "%,d items x %d, %,d users to learn from, %,d to test with"
            .formatted(
                vectors.size(), vectors.dimension(), read.train().size(), read.test().size()));
    return read;
  }

  private Path realData() {
    if (folder != null) {
      return folder;
    }
    String variable = System.getenv("HINDCAST_DATA");
    return variable == null || variable.isEmpty() ? null : Path.of(variable);
  }

  /** Refuses a number below another. */
  static void atLeast(String option, int value, int lowest) {
    if (value < lowest) {
      throw new LocalStartException(option + " must be at least " + lowest + ": " + value);
    }
  }
}
