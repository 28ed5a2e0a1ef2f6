package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class CatalogueIndexesTest {
  private static final PackedEmbeddings ITEMS =
      PackedEmbeddings.ofRows(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);

  private final AtomicInteger builds = new AtomicInteger();
  private final CountDownLatch mayBuild = new CountDownLatch(1);

  @Test
  void whatIsPreparedIsBuiltOnceAndWhoNeedsItEarlierWaitsForIt() throws Exception {
    CatalogueIndexes indexes = new CatalogueIndexes(ITEMS, null, slow(0));
    assertThat(indexes.state()).isEqualTo(IndexState.NONE);
    indexes.prepare(IndexKind.PARTITION, inBackground());
    indexes.prepare(IndexKind.PARTITION, inBackground());
    assertThat(indexes.state()).isEqualTo(IndexState.BUILDING);
    List<CompletableFuture<PartitionIndex>> users = new ArrayList<>();
    for (int user = 0; user < 4; user++) {
      users.add(CompletableFuture.supplyAsync(indexes::partition));
    }
    assertThat(indexes.exact().topK(new double[] {1, 1}, 1, new int[1])).isEqualTo(1);
    assertThat(users).noneMatch(CompletableFuture::isDone);
    mayBuild.countDown();
    PartitionIndex index = indexes.partition();
    for (CompletableFuture<PartitionIndex> user : users) {
      assertThat(user.get()).isSameAs(index);
    }
    assertThat(builds).hasValue(1);
    assertThat(indexes.state(IndexKind.PARTITION)).isEqualTo(IndexState.READY);
    assertThat(indexes.state(IndexKind.HNSW)).isEqualTo(IndexState.NONE);
  }

  @Test
  void aBuildThatFailedIsANamedErrorAtUseAndThenTriedAgain() {
    CatalogueIndexes indexes = new CatalogueIndexes(ITEMS, null, slow(1));
    mayBuild.countDown();
    indexes.prepare(IndexKind.PARTITION, Runnable::run);
    assertThat(indexes.state()).isEqualTo(IndexState.FAILED);
    assertThatThrownBy(indexes::partition)
        .isInstanceOf(IndexBuildException.class)
        .hasMessageContaining("partition of 3 x 2 cannot be built")
        .hasMessageContaining("give the process more memory");
    assertThat(indexes.state()).isEqualTo(IndexState.NONE);
    assertThat(indexes.partition().size()).isEqualTo(3);
  }

  @Test
  void whatIsThereIsNotBuilt() {
    PartitionIndex partition = PartitionIndex.builder(ITEMS).build();
    CatalogueIndexes indexes = new CatalogueIndexes(ITEMS, partition, slow(0));
    assertThat(indexes.partition()).isSameAs(partition);
    assertThat(builds).hasValue(0);
  }

  @Test
  void aProbeSeesWhatAnIndexMisses() {
    PackedEmbeddings items =
        PackedEmbeddings.ofRows(SampleItems.isotropic(20_000, 16, 3), 20_000, 16);
    CatalogueIndexes whole = new CatalogueIndexes(items);
    whole.use(PartitionIndex.builder(items).build());
    double[] h = new double[16];
    h[3] = 1;
    IndexProbe probe = new IndexProbe(IndexKind.PARTITION, whole, 256);
    double recall = probe.recall(h);
    int[] found = new int[256];
    whole.partition().topK(h, 256, found);
    int[] best = new int[256];
    whole.exact().topK(h, 256, best);
    long hits = java.util.Arrays.stream(found).filter(a -> contains(best, a)).count();
    assertThat(recall).isEqualTo(hits / 256.0).isLessThan(1);
    assertThat(
            new IndexProbe(IndexKind.HNSW, new CatalogueIndexes(ITEMS), 256)
                .recall(new double[] {1, 0}))
        .isEqualTo(1);
  }

  private static boolean contains(int[] items, int wanted) {
    return java.util.Arrays.stream(items).anyMatch(item -> item == wanted);
  }

  private static java.util.concurrent.Executor inBackground() {
    return task -> {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
    };
  }

  private IndexSource slow(int failures) {
    return new IndexSource() {
      @Override
      public PartitionIndex partition(ItemEmbeddings embeddings) {
        try {
          mayBuild.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        if (builds.getAndIncrement() < failures) {
          throw new OutOfMemoryError("Java heap space");
        }
        return IndexSource.BUILD.partition(embeddings);
      }

      @Override
      public HnswIndex hnsw(ItemEmbeddings embeddings) {
        return IndexSource.BUILD.hnsw(embeddings);
      }
    };
  }
}
