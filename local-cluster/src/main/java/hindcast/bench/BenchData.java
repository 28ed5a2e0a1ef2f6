package hindcast.bench;

import hindcast.connectors.catalogue.ItemTable;
import hindcast.local.LocalStartException;
import hindcast.numeric.SparseMatrix;
import hindcast.numeric.TruncatedSvd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a benchmark runs on.
 *
 * @param items item vectors; d = L, contexts live in their space
 * @param train sessions to learn from
 * @param test sessions to be judged by: every fifth user
 */
record BenchData(ItemVectors items, List<Session> train, List<Session> test) {
  private static final int USERS = 4000;
  private static final int EVERY = 5;
  private static final String GOWALLA = "gowalla";

  /** The names {@link #of} knows besides files. */
  static final List<String> NAMES =
      List.of(
          "clustered",
          "isotropic",
          "normalised",
          GOWALLA,
          "gowalla-normalised",
          "gowalla-copies",
          "gowalla-copies-normalised");

  /**
   * Makes or reads data. The vectors of gowalla are V S of the truncated SVD of the users' observed
   * items, test users left out.
   *
   * @param name one of {@link #NAMES}, or the path of a .npy file with vectors
   * @param size P; 0 where the data say it
   * @param dimension L; not used for a file
   * @param folder real data; null for none
   * @throws LocalStartException if the data are unknown or cannot be read
   */
  static BenchData of(String name, int size, int dimension, long seed, Path folder) {
    if (!NAMES.contains(name)) {
      return synthetic(file(name), seed);
    }
    return switch (name) {
      case "clustered" ->
          synthetic(SyntheticVectors.clustered(orDefault(size), dimension, seed), seed);
      case "isotropic" ->
          synthetic(SyntheticVectors.isotropic(orDefault(size), dimension, seed), seed);
      case "normalised" ->
          synthetic(
              SyntheticVectors.clustered(orDefault(size), dimension, seed).normalised(), seed);
      default -> real(name, size, dimension, seed, SessionLog.gowalla(folder));
    };
  }

  private static int orDefault(int size) {
    return size == 0 ? 100_000 : size;
  }

  private static BenchData real(String name, int size, int dimension, long seed, SessionLog log) {
    boolean copies = name.startsWith("gowalla-copies");
    if (!copies && size != 0 && size != log.items()) {
      throw new LocalStartException(
          "--data gowalla has " + log.items() + " items; --items is for made-up data: " + size);
    }
    if (dimension > log.sessions().size() / 2) {
      throw new LocalStartException(
          "--dimension must be at most half the sessions ("
              + log.sessions().size()
              + "): "
              + dimension);
    }
    BenchData real = split(null, log.sessions());
    int[][] observed = real.train.stream().map(Session::observed).toArray(int[][]::new);
    TruncatedSvd svd = TruncatedSvd.of(SparseMatrix.counts(observed, log.items()), dimension, seed);
    ItemVectors vectors =
        new ItemVectors(GOWALLA, single(svd.scaledRight()), log.items(), dimension);
    if (copies) {
      ItemVectors many = SyntheticVectors.copies(vectors, size == 0 ? 500_000 : size, seed);
      return synthetic(name.endsWith("-normalised") ? many.normalised() : many, seed);
    }
    return new BenchData(
        name.endsWith("-normalised") ? vectors.normalised() : vectors, real.train, real.test);
  }

  private static ItemVectors file(String name) {
    Path path = Path.of(name);
    if (!name.endsWith(".npy")) {
      throw new LocalStartException("--data must be one of " + NAMES + " or a .npy file: " + name);
    }
    try {
      ItemTable table = ItemTable.read(path);
      return new ItemVectors(
          String.valueOf(path.getFileName()),
          table.vectors(),
          table.ids().length,
          table.dimension());
    } catch (IOException e) {
      throw new LocalStartException("--data cannot be read: " + e.getMessage(), e);
    }
  }

  private static BenchData synthetic(ItemVectors items, long seed) {
    return split(items, SyntheticSessions.draw(items, USERS, seed));
  }

  private static BenchData split(ItemVectors items, List<Session> sessions) {
    List<Session> train = new ArrayList<>();
    List<Session> test = new ArrayList<>();
    for (int u = 0; u < sessions.size(); u++) {
      (u % EVERY == 0 ? test : train).add(sessions.get(u));
    }
    return new BenchData(items, train, test);
  }

  private static float[] single(double[] values) {
    float[] single = new float[values.length];
    for (int k = 0; k < values.length; k++) {
      single[k] = (float) values[k];
    }
    return single;
  }
}
