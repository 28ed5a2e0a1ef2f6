package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Build time, memory, recall and time of a query for each index on made-up catalogues, on one
 * thread. Arguments: items, dimension, whether to build graphs, and the catalogues: {@code norms},
 * {@code clustered}, {@code normalised}, {@code isotropic}.
 */
public final class IndexComparison {
  private static final int QUERIES = 256;

  private IndexComparison() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    int size = Integer.parseInt(arguments[0]);
    int dimension = Integer.parseInt(arguments[1]);
    boolean graphs = Boolean.parseBoolean(arguments[2]);
    System.out.println("kernels: " + MinibatchKernels.fastest().name());
    for (String name : Arrays.asList(arguments).subList(3, arguments.length)) {
      table(name, rows(name, size, dimension), dimension, graphs);
    }
  }

  private static float[] rows(String name, int size, int dimension) {
    int clouds = size / 100;
    return switch (name) {
      case "norms" -> SampleItems.normsVary(size, dimension, clouds, 1);
      case "clustered" -> SampleItems.clustered(size, dimension, clouds, 2);
      case "normalised" -> SampleItems.normalised(size, dimension, clouds, 3);
      case "isotropic" -> SampleItems.isotropic(size, dimension, 4);
      default -> throw new IllegalArgumentException("no such catalogue: " + name);
    };
  }

  private static void table(String name, float[] rows, int dimension, boolean graphs) {
    ItemEmbeddings items = SampleItems.of(rows, dimension);
    double[][] h = SampleItems.queries(items, QUERIES, 77);
    System.out.println(name);
    ExactIndex exact = new ExactIndex(items);
    row("exact", exact, items, h, 0, 0);
    long start = processTime();
    PartitionIndex partition = PartitionIndex.builder(items).build();
    long built = processTime() - start;
    System.out.println("  " + partition + ", largest " + partition.clusters().largest());
    for (int budget : new int[] {500, 2000, 8000}) {
      row("partition " + budget, partition.search(budget), items, h, built, partition.bytes());
    }
    if (graphs) {
      for (int threads = 1; threads <= 2; threads++) {
        start = processTime();
        HnswIndex graph = HnswIndex.builder(items).threads(threads).layered(threads > 1).build();
        built = processTime() - start;
        String kind = threads == 1 ? "one layer" : "layered";
        row("graph ef 64, " + kind, graph.withEf(64), items, h, built, graph.bytes());
        row("graph ef 256, " + kind, graph.withEf(256), items, h, built, graph.bytes());
      }
    }
  }

  private static void row(
      String name,
      MaximumInnerProductIndex index,
      ItemEmbeddings items,
      double[][] h,
      long built,
      long bytes) {
    System.out.printf(
        Locale.ROOT,
        "  %-26s recall@32 %.3f @256 %.3f  us/query @32 %.0f @256 %.0f, of a batch of 32 %.0f %.0f,"
            + " build %.1f CPU s, %.0f MB%n",
        name,
        Recall.of(index, items, h, 32),
        Recall.of(index, items, h, 256),
        micros(index, h, 32, 1),
        micros(index, h, 256, 1),
        micros(index, h, 32, 32),
        micros(index, h, 256, 32),
        built / 1e9,
        bytes / 1e6);
  }

  private static double micros(MaximumInnerProductIndex index, double[][] h, int k, int batch) {
    double[] rounds = new double[7];
    int[][] found = new int[batch][k];
    for (int r = 0; r < rounds.length; r++) {
      long start = threadTime();
      for (int from = 0; from < QUERIES; from += batch) {
        index.topK(Arrays.copyOfRange(h, from, from + batch), batch, k, found);
      }
      rounds[r] = (threadTime() - start) / 1e3 / QUERIES;
    }
    Arrays.sort(rounds);
    return rounds[rounds.length / 2];
  }

  private static long threadTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
