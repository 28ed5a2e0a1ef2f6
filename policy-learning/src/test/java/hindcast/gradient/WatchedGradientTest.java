package hindcast.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WatchedGradientTest {
  private static final int L = 16;
  private static final int P = 12_000;
  private static final PackedEmbeddings CLUSTERED = Catalogues.of("clustered", P, L);
  private static final PartitionIndex OF_CLUSTERED = PartitionIndex.builder(CLUSTERED).build();
  private static final PackedEmbeddings ISOTROPIC = Catalogues.of("isotropic", P, L);
  private static final PartitionIndex OF_ISOTROPIC =
      PartitionIndex.builder(ISOTROPIC).headSize(0).build();

  private static void train(WatchedGradient gradient, int from, int to, double sharpness) {
    for (int step = from; step < to; step++) {
      double[] theta = Catalogues.theta(sharpness * step / 40, L);
      gradient.fit(theta, Catalogues.minibatch(32, P, step));
    }
  }

  @Test
  void vectorsWithoutStructureAreSummedExactlyFromTheFirstPolicyOn() {
    WatchedGradient gradient = new WatchedGradient(OF_ISOTROPIC, null, 10);
    train(gradient, 0, 3, 40);
    GradientReport report = gradient.report();
    assertThat(report.estimator()).isEqualTo("exact");
    assertThat(report.decisions()).hasSize(1);
    assertThat(report.decisions().get(0).reason()).contains("recall@256");
    train(gradient, 3, 60, 40);
    assertThat(gradient.report().estimator()).isEqualTo("exact");
    assertThat(gradient.report().relaxations()).isZero();
  }

  @Test
  void clusteredVectorsStayWithThePartition() {
    WatchedGradient gradient = new WatchedGradient(OF_CLUSTERED, null, 5);
    train(gradient, 0, 40, 1);
    GradientReport report = gradient.report();
    assertThat(report.estimator()).startsWith("partition");
    assertThat(report.minibatches()).isEqualTo(40);
    assertThat(report.events()).isEqualTo(40 * 32);
    assertThat(report.audits()).isGreaterThan(7);
    assertThat(report.lastAuditError()).isLessThan(.03);
    assertThat(report.failedAudits()).isLessThanOrEqualTo(1);
  }

  @Test
  void pinnedFormIsAuditedAndStays() {
    WatchedGradient gradient = new WatchedGradient(OF_ISOTROPIC, new PartitionForm(0, 16), 5);
    train(gradient, 0, 40, 40);
    GradientReport report = gradient.report();
    assertThat(report.estimator()).isEqualTo("partition E=0 N=16");
    assertThat(report.failedAudits()).isPositive();
    assertThat(report.alarms()).isPositive();
    assertThat(report.decisions()).isEmpty();
  }

  @Test
  void halfWriteReadRestIsTheWholeBitForBit() throws IOException {
    WatchedGradient whole = new WatchedGradient(OF_CLUSTERED, null, 4);
    train(whole, 0, 40, 12);
    WatchedGradient half = new WatchedGradient(OF_CLUSTERED, null, 4);
    train(half, 0, 17, 12);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    half.write(new DataOutputStream(bytes));
    WatchedGradient rest = new WatchedGradient(OF_CLUSTERED, null, 4);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    rest.read(in);
    assertThat(in.available()).isZero();
    train(rest, 17, 40, 12);
    assertThat(rest.report()).isEqualTo(whole.report());
    for (int i = 0; i < 32; i++) {
      assertThat(rest.at(i).logZ()).isEqualTo(whole.at(i).logZ());
    }
  }

  @Test
  void reportsMerge() {
    WatchedGradient one = new WatchedGradient(OF_CLUSTERED, null, 4);
    WatchedGradient other = new WatchedGradient(OF_ISOTROPIC, null, 4);
    train(one, 0, 5, 1);
    train(other, 0, 8, 40);
    GradientReport both = one.report().merge(other.report());
    assertThat(both.minibatches()).isEqualTo(13);
    assertThat(both.audits()).isEqualTo(one.report().audits() + other.report().audits());
    assertThat(both.estimator()).contains("partition").contains("exact");
  }

  @Test
  void intervalIsChecked() {
    assertThatThrownBy(() -> new WatchedGradient(OF_CLUSTERED, null, 0))
        .hasMessage("auditEvery must be at least 1: 0");
  }
}
