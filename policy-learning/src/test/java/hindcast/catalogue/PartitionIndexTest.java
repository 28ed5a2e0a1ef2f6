package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PartitionIndexTest {
  private static final ItemEmbeddings ITEMS =
      SampleItems.of(SampleItems.normsVary(4000, 24, 40, 1), 24);

  /** Some ways to build, from nothing in the head to everything. */
  private static Map<String, PartitionBuilder> builders(ItemEmbeddings items) {
    return Map.of(
        "default", PartitionIndex.builder(items),
        "no head", PartitionIndex.builder(items).headSize(0).clusters(7).largestCluster(40),
        "more clusters than items", PartitionIndex.builder(items).headSize(3).clusters(5000),
        "all in the head", PartitionIndex.builder(items).headSize(1 << 20),
        "as they are", PartitionIndex.builder(items).headSize(0).collapseDuplicates(false),
        "tiny cap", PartitionIndex.builder(items).clusters(2).largestCluster(1));
  }

  private static Stream<DynamicTest> everyShape(ShapeCheck check) {
    return SampleItems.awkward().entrySet().stream()
        .flatMap(
            shape ->
                builders(shape.getValue()).entrySet().stream()
                    .map(
                        builder ->
                            DynamicTest.dynamicTest(
                                shape.getKey() + ", " + builder.getKey(),
                                () -> check.check(shape.getValue(), builder.getValue().build()))));
  }

  private interface ShapeCheck {
    void check(ItemEmbeddings items, PartitionIndex partition);
  }

  @TestFactory
  Stream<DynamicTest> everyItemHasOnePlaceWithItsVector() {
    return everyShape(
        (items, partition) -> {
          PartitionedItems placed = partition.items();
          int seen = 0;
          for (int place = 0; place < placed.places(); place++) {
            assertThat(placed.multiplicities()[place]).isEqualTo(placed.multiplicity(place));
            assertThat(placed.item(place) < 0).isEqualTo(placed.multiplicity(place) == 0);
            for (int j = 0; j < placed.multiplicity(place); j++) {
              assertThat(placed.place(placed.item(place, j))).isEqualTo(place);
              seen++;
            }
          }
          assertThat(seen).isEqualTo(items.size());
          for (int a = 0; a < items.size(); a++) {
            assertThat(partition.embeddings().vector(a)).isEqualTo(items.vector(a));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> headAndClustersCoverThePlacesInWholeBlocks() {
    return everyShape(
        (items, partition) -> {
          ItemClusters clusters = partition.clusters();
          assertThat(clusters.firstBlock(0)).isEqualTo(partition.headBlocks());
          int places = partition.headSize();
          for (int c = 0; c < clusters.count(); c++) {
            int blocks = clusters.firstBlock(c + 1) - clusters.firstBlock(c);
            assertThat(clusters.size(c)).isBetween(16 * blocks - 15, 16 * blocks);
            for (int j = 0; j < 16 * blocks; j++) {
              int place = clusters.firstPlace(c) + j;
              boolean ours = j < clusters.size(c);
              assertThat(partition.items().multiplicity(place) > 0).isEqualTo(ours);
              assertThat(clusters.clusterOf(place)).isEqualTo(ours ? c : -1);
              places += ours ? 1 : 0;
            }
          }
          assertThat(clusters.firstBlock(clusters.count())).isEqualTo(partition.items().blocks());
          assertThat(places).isEqualTo(partition.distinct());
        });
  }

  @TestFactory
  Stream<DynamicTest> enumeratingEverythingIsExactByValue() {
    return everyShape(
        (items, partition) -> {
          double[][] h = SampleItems.queries(items, 5, 9);
          PartitionSearch search = partition.search(partition.items().places());
          int k = 60;
          int[][] got = new int[5][k];
          int[] counts = search.topK(h, 5, k, got);
          double[] scores = new double[items.size()];
          for (int q = 0; q < 5; q++) {
            assertThat(counts[q]).isEqualTo(Math.min(k, items.size()));
            assertThat(Arrays.stream(got[q], 0, counts[q]).distinct().count()).isEqualTo(counts[q]);
            items.scores(h[q], scores);
            double[] sorted = Arrays.stream(scores).sorted().toArray();
            for (int j = 0; j < counts[q]; j++) {
              double want = sorted[sorted.length - 1 - j];
              assertThat(scores[got[q][j]]).isCloseTo(want, within(1e-4 * (1 + Math.abs(want))));
            }
          }
        });
  }

  @Test
  void itemsOfLargestNormAreInFront() {
    PartitionIndex partition = PartitionIndex.builder(ITEMS).headSize(100).build();
    double smallest = ITEMS.squaredNorm(partition.items().item(99));
    for (int place = 0; place < 99; place++) {
      double norm = ITEMS.squaredNorm(partition.items().item(place));
      assertThat(norm).isGreaterThanOrEqualTo(smallest * (1 - 1e-6));
      assertThat(partition.inHead(place)).isTrue();
    }
    for (int place = 112; place < partition.items().places(); place++) {
      if (partition.items().item(place) >= 0) {
        double norm = ITEMS.squaredNorm(partition.items().item(place));
        assertThat(norm).isLessThanOrEqualTo(smallest * (1 + 1e-6));
      }
    }
  }

  @Test
  void noClusterIsAboveTheCap() {
    float[] rows = SampleItems.clustered(3000, 12, 2, 5);
    ItemEmbeddings twoClouds = SampleItems.of(rows, 12);
    PartitionIndex partition =
        PartitionIndex.builder(twoClouds).headSize(0).clusters(2).largestCluster(100).build();
    assertThat(partition.clusters().largest()).isBetween(50, 100);
    assertThat(partition.clusters().count()).isBetween(30, 300);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    PartitionIndex one = PartitionIndex.builder(ITEMS).threads(1).build();
    PartitionIndex three = PartitionIndex.builder(ITEMS).threads(3).build();
    assertThat(three.items().packed()).isEqualTo(one.items().packed());
    assertThat(three.items().members().members()).isEqualTo(one.items().members().members());
    assertThat(three.clusters().firstBlocks()).isEqualTo(one.clusters().firstBlocks());
    assertThat(three.clusters().packedCentroids()).isEqualTo(one.clusters().packedCentroids());
    PartitionIndex other = PartitionIndex.builder(ITEMS).seed(2).build();
    assertThat(other.items().members().members()).isNotEqualTo(one.items().members().members());
  }

  @Test
  void aBatchFindsWhatSingleQueriesFind() {
    PartitionIndex partition = PartitionIndex.builder(ITEMS).build();
    double[][] h = SampleItems.queries(ITEMS, 70, 3);
    PartitionSearch search = partition.search(300);
    int[][] batch = new int[70][40];
    assertThat(search.topK(h, 70, 40, batch)).containsOnly(40);
    int[] single = new int[40];
    for (int q = 0; q < 70; q++) {
      assertThat(search.topK(h[q], 40, single)).isEqualTo(40);
      assertThat(batch[q]).isEqualTo(single);
    }
  }

  @Test
  void progressIsReported() {
    StringBuilder phases = new StringBuilder();
    PartitionIndex.builder(ITEMS)
        .progress(
            (phase, done, total) -> {
              assertThat(done).isBetween(0L, total);
              if (done == total) {
                phases.append(phase).append(';');
              }
            })
        .build();
    assertThat(phases).hasToString("distinct items;centroids;clusters;vectors;");
  }
}
