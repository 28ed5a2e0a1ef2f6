package hindcast.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.feedback.Context;
import hindcast.policy.PolicyParameters;
import java.util.Random;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class IndexRecallTest {
  private static final int ITEMS = 20_000;
  private static final int DIMENSION = 16;
  private final Random random = new Random(4);

  @Test
  void anIndexThatMissesAlarmsOnceAndItsSuccessorBeginsAnew() {
    PackedEmbeddings items = PackedEmbeddings.ofRows(rows(), ITEMS, DIMENSION);
    CatalogueIndexes misses = new CatalogueIndexes(items);
    misses.use(PartitionIndex.builder(items).headSize(0).build());
    IndexRecall recall =
        new IndexRecall("p", new RecallSettings(1, .99), new UnregisteredMetricsGroup());
    PolicyParameters policy = policy();
    for (int probe = 0; probe < 60; probe++) {
      recall.measure(IndexKind.PARTITION, misses, policy, context());
      assertThat(recall.alarms()).isEqualTo(probe < 19 ? 0 : 1);
    }
    assertThat(recall.recall()).isBetween(.1, .95);
    CatalogueIndexes finds = new CatalogueIndexes(items);
    finds.use(PartitionIndex.builder(items).headSize(ITEMS).build());
    for (int probe = 0; probe < 25; probe++) {
      recall.measure(IndexKind.PARTITION, finds, policy, context());
    }
    assertThat(recall.recall()).isCloseTo(1, within(1e-9));
    assertThat(recall.alarms()).isEqualTo(1);
  }

  private float[] rows() {
    float[] rows = new float[ITEMS * DIMENSION];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) random.nextGaussian();
    }
    return rows;
  }

  private PolicyParameters policy() {
    double[] theta = new double[3 * DIMENSION];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = random.nextGaussian();
    }
    return new PolicyParameters(3, DIMENSION, theta);
  }

  private Context context() {
    return Context.dense(
        new float[] {1, (float) random.nextGaussian(), (float) random.nextGaussian()});
  }
}
