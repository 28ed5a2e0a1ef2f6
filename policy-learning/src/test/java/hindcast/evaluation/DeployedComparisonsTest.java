package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.control.PolicyVersion;
import hindcast.testing.States;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeployedComparisonsTest {
  private static final PolicyVersion A = new PolicyVersion("a", 1);
  private static final PolicyVersion B = new PolicyVersion("b", 2);
  private static final PolicyVersion C = new PolicyVersion("c/greedy", 3);
  private static final double NONE = Double.NaN;

  private final DeployedComparisons comparisons = new DeployedComparisons(.05);

  private static DeployedBlock block(PolicyVersion deployed, String by, double... weights) {
    double[] rewards = new double[weights.length];
    Arrays.fill(rewards, 1);
    return new DeployedBlock(deployed, by, weights, rewards, new double[weights.length]);
  }

  private DeployedDifference difference(PolicyVersion version) {
    return comparisons.of(version).orElseThrow().difference();
  }

  @Test
  void takesTheImpressionsOnWhichBothWereScored() {
    comparisons.add(block(A, "1", 1, NONE, 3, 1), B, new double[] {2, 9, NONE, 2});
    comparisons.add(block(A, "1", 1), B, new double[] {2});
    assertThat(comparisons.of(B).orElseThrow().deployed()).isEqualTo(A);
    assertThat(difference(B).n()).isEqualTo(3);
    assertThat(difference(B).estimate().value()).hasValue(1);
  }

  @Test
  void whatIsDeployedIsComparedWithNothing() {
    comparisons.add(block(A, "1", 1), B, new double[] {2});
    assertThat(comparisons.of(B)).isPresent();
    comparisons.add(block(B, "2", 2), B, new double[] {2});
    assertThat(comparisons.of(B)).isEmpty();
    assertThat(comparisons.of(A)).isEmpty();
  }

  @Test
  void everyDeploymentBeginsAnew() {
    comparisons.add(block(A, "1", 1, 1), C, new double[] {2, 2});
    comparisons.add(block(B, "2", 3), C, new double[] {2});
    assertThat(comparisons.of(C).orElseThrow().deployed()).isEqualTo(B);
    assertThat(difference(C).n()).isEqualTo(1);
    assertThat(difference(C).estimate().value()).hasValue(-1);
    comparisons.add(block(A, "3", 1), C, new double[] {2});
    assertThat(difference(C).n()).isEqualTo(1);
  }

  @Test
  void aClosedVersionKeepsWhatItWasComparedWithUntilItIsForgotten() {
    comparisons.add(block(A, "1", 1), B, new double[] {2});
    comparisons.add(block(A, "1", 1), C, new double[] {2});
    comparisons.close(B, 10);
    comparisons.close(new PolicyVersion("never", 1), 10);
    comparisons.forgetClosedBefore(10);
    assertThat(comparisons.size()).isEqualTo(2);
    comparisons.forgetClosedBefore(11);
    assertThat(comparisons.of(B)).isEmpty();
    assertThat(comparisons.of(C)).isPresent();
  }

  @Test
  void aVersionThatIsScoredAgainGoesOn() {
    comparisons.add(block(A, "1", 1), B, new double[] {2});
    comparisons.close(B, 10);
    comparisons.add(block(A, "1", 1), B, new double[] {2});
    comparisons.forgetClosedBefore(20);
    assertThat(difference(B).n()).isEqualTo(2);
  }

  @Test
  void refusesWeightsOfAnotherBlockAndStateOfAnotherFormat() {
    assertThatThrownBy(() -> comparisons.add(block(A, "1", 1, 1), B, new double[] {2}))
        .hasMessage(
            "b version 2 must have one weight for each of the 2 impressions of the block: 1");
    assertThatThrownBy(() -> new DeployedBlock(A, "1", new double[2], new double[1], new double[2]))
        .hasMessageContaining("2, 1 and 2");
    byte[] bytes = States.bytes(comparisons::write);
    bytes[0] = 99;
    assertThatThrownBy(() -> comparisons.read(new DataInputStream(new ByteArrayInputStream(bytes))))
        .hasMessageContaining("format 1: 99");
  }
}
