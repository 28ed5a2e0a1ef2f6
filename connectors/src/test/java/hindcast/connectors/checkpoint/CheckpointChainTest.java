package hindcast.connectors.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.PolicyCheckpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointChainTest {
  private final CheckpointChain chain = new CheckpointChain();

  @Test
  void policiesAreLinesOfTheirOwn() throws Exception {
    chain.add(checkpoint("a", 1, "", "x1", 10));
    chain.add(checkpoint("b", 1, "", "y1", 5));
    chain.add(checkpoint("a", 2, "x1", "x2", 10));
    assertThat(chain.newest("a").getVersion()).isEqualTo(2);
    assertThat(chain.newest("b").getVersion()).isEqualTo(1);
    assertThat(chain.newest("c")).isNull();
  }

  @Test
  void aBreakIsNamedAndNotTaken() throws Exception {
    assertBroken(checkpoint("a", 2, "", "x", 1), "version");
    assertBroken(checkpoint("a", 1, "z", "x", 1), "parent");
    chain.add(checkpoint("a", 1, "", "x1", 10));
    assertBroken(checkpoint("a", 1, "", "x1", 10), "version");
    assertBroken(checkpoint("a", 3, "x1", "x2", 10), "version");
    assertBroken(checkpoint("a", 2, "other", "x2", 10), "parent");
    assertBroken(checkpoint("a", 2, "x1", "x2", 9), "step");
    chain.add(checkpoint("a", 2, "x1", "x2", 11));
  }

  @Test
  void aRollbackLeavesABranchAndGoesOnFromAnEarlierVersion() throws Exception {
    chain.add(checkpoint("a", 1, "", "x1", 10));
    chain.add(checkpoint("a", 2, "x1", "x2", 20));
    chain.add(checkpoint("a", 3, "x2", "x3", 30));
    assertBroken(rolledBack(checkpoint("a", 4, "x2", "x4", 21), 1L), "parent");
    assertBroken(rolledBack(checkpoint("a", 4, "x3", "x4", 31), 3L), "rolledBackTo");
    assertBroken(rolledBack(checkpoint("a", 4, "", "x4", 31), 0L), "rolledBackTo");
    assertBroken(checkpoint("a", 4, "x1", "x4", 31), "parent");
    PolicyCheckpoint next = rolledBack(checkpoint("a", 4, "x1", "x4", 11), 1L);
    assertBroken(next, "data cut");
    next.setDataCutMicros(31);
    chain.add(next);
    assertThat(chain.descent("a")).containsExactly(1L, 4L);
    assertThat(chain.descent("b")).isEmpty();
  }

  private static PolicyCheckpoint rolledBack(PolicyCheckpoint checkpoint, Long version) {
    checkpoint.setRolledBackTo(version);
    return checkpoint;
  }

  private void assertBroken(PolicyCheckpoint checkpoint, String what) {
    assertThatThrownBy(() -> chain.add(checkpoint))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(what);
  }

  private static PolicyCheckpoint checkpoint(
      String policy, long version, String parent, String sha256, long step) {
    return PolicyCheckpoint.newBuilder()
        .setPolicyId(policy)
        .setVersion(version)
        .setObjective("CLPI")
        .setStep(step)
        .setDataCutMicros(step)
        .setSha256(sha256)
        .setParentSha256(parent)
        .setCatalogueVersion("v1")
        .setEmbeddingSpace("s")
        .setContextDimension(1)
        .setEmbeddingDimension(1)
        .setConfiguration(Map.of())
        .build();
  }
}
