package hindcast.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.numeric.InformationMatrix;
import hindcast.testing.States;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PropensityLawsTest {
  private static final int N = 60;

  @Property(tries = 50)
  void dirichletContinuesBitForBitAndSumsToOne(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DirichletPropensity whole = new DirichletPropensity(50, 2);
    DirichletPropensity half = new DirichletPropensity(50, 2);
    long time = 1_000;
    for (int k = 0; k < N; k++) {
      time += random.nextLong(random.nextInt(10) == 0 ? 20_000 : 40) - 5;
      String item = "a" + random.nextInt(4);
      if (k == N / 2) {
        half = States.read(States.bytes(half::write), DirichletPropensity::read);
      }
      whole.update(item, time);
      half.update(item, time);
      double sum = 0;
      for (int a = 0; a < 4; a++) {
        Propensity p = whole.predict("a" + a, 0.25, time);
        assertThat(half.predict("a" + a, 0.25, time)).isEqualTo(p);
        sum += p.value();
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
    assertThat(States.bytes(half::write)).isEqualTo(States.bytes(whole::write));
  }

  @Property(tries = 50)
  void dirichletEqualsTheDefinition(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DirichletPropensity estimate = new DirichletPropensity(100, 3);
    long[] times = new long[N];
    int[] items = new int[N];
    for (int k = 0; k < N; k++) {
      times[k] = random.nextLong(20_000);
      items[k] = random.nextInt(3);
      estimate.update("a" + items[k], times[k]);
    }
    double count = 0;
    double total = 0;
    for (int k = 0; k < N; k++) {
      double d = Math.pow(2, -(20_000 - times[k]) / 100.0);
      total += d;
      count += items[k] == 1 ? d : 0;
    }
    assertThat(estimate.predict("a1", 0.5, 20_000).value())
        .isCloseTo((count + 1.5) / (total + 3), within(1e-12));
  }

  @Property(tries = 30)
  void fittedPoliciesContinueBitForBit(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SoftmaxPropensity softmax = new SoftmaxPropensity(3, 4, 0.2);
    SoftmaxPropensity softmaxHalf = new SoftmaxPropensity(3, 4, 0.2);
    TwoTowerPropensity tower = tower();
    TwoTowerPropensity towerHalf = tower();
    for (int k = 0; k < N; k++) {
      double[] x = {random.nextDouble(), -random.nextDouble(), 1};
      int action = random.nextInt(4);
      if (k == N / 2) {
        SoftmaxPropensity restored = new SoftmaxPropensity(3, 4, 0.2);
        States.restore(softmaxHalf::write, restored::read);
        softmaxHalf = restored;
        TwoTowerPropensity restoredTower = tower();
        States.restore(towerHalf::write, restoredTower::read);
        towerHalf = restoredTower;
      }
      softmax.update(x, action);
      softmaxHalf.update(x, action);
      tower.update(x, action);
      towerHalf.update(x, action);
    }
    assertThat(States.bytes(softmaxHalf::write)).isEqualTo(States.bytes(softmax::write));
    assertThat(States.bytes(towerHalf::write)).isEqualTo(States.bytes(tower::write));
  }

  private static TwoTowerPropensity tower() {
    double[][] items = {{1, 2, 3}, {0, 1, 0}, {-1, 0.5, 2}, {0.1, 0.2, 0.3}};
    return new TwoTowerPropensity(items, new double[4], new double[] {1, 1, 1}, 0.1);
  }

  @Property(tries = 30)
  void informationMergesAndInverts(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InformationMatrix whole = new InformationMatrix(3);
    InformationMatrix a = new InformationMatrix(3);
    InformationMatrix b = new InformationMatrix(3);
    for (int k = 0; k < N; k++) {
      double[] g = random.doubles(3, -1, 1).toArray();
      whole.add(g);
      (random.nextBoolean() ? a : b).add(g);
    }
    a.merge(b);
    double[] g = random.doubles(3, -1, 1).toArray();
    assertThat(a.quadratic(g)).isCloseTo(whole.quadratic(g), within(1e-11));
    double[][] m = whole.matrix();
    double[][] inverse = whole.inverse();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double product = 0;
        for (int k = 0; k < 3; k++) {
          product += m[i][k] * inverse[k][j];
        }
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-11));
      }
    }
  }

  @Property(tries = 30)
  void informationForgets(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    InformationMatrix matrix = new InformationMatrix(3);
    for (int k = 0; k < N; k++) {
      matrix.add(random.doubles(3, -1, 1).toArray());
    }
    double[] g = random.doubles(3, -1, 1).toArray();
    double[][] before = matrix.matrix();
    double known = matrix.quadratic(g);
    matrix.forget(0.25);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double want = 0.25 * before[i][j] + (i == j ? 0.75 : 0);
        assertThat(matrix.matrix()[i][j]).isCloseTo(want, within(1e-12));
      }
    }
    assertThat(matrix.quadratic(g)).isGreaterThan(known);
    matrix.forget(0);
    assertThat(matrix.quadratic(g))
        .isCloseTo(g[0] * g[0] + g[1] * g[1] + g[2] * g[2], within(1e-12));
    assertThatThrownBy(() -> matrix.forget(1.1)).hasMessageContaining("[0, 1]: 1.1");
  }

  @Property(tries = 30)
  void rowsThatAreRightPassTheAudit(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PropensityRowAudit right = new PropensityRowAudit();
    PropensityRowAudit wrong = new PropensityRowAudit();
    List<String> row = List.of("a", "b", "never");
    for (int k = 0; k < 2000; k++) {
      double p = 0.2 + 0.6 * random.nextDouble();
      int shown = random.nextDouble() < p ? 0 : 1;
      right.add(row, new double[] {p, 1 - p, 0}, shown);
      wrong.add(row, new double[] {1 - p, p, 0}, random.nextDouble() < 0.8 ? 0 : 1);
    }
    assertThat(right.findings()).allMatch(f -> Math.abs(f.z()) < 6);
    assertThat(right.findings().get(2).z()).isZero();
    assertThat(wrong.findings().get(0).z()).isGreaterThan(6);
    assertThat(wrong.findings().get(1).z()).isLessThan(-6);
    assertThatThrownBy(() -> right.add(row, new double[] {0.5, 0.5, 0}, 2))
        .hasMessageContaining("0.0 (item never)");
    assertThatThrownBy(() -> right.add(row, new double[] {0.5, Double.NaN, 0}, 0))
        .hasMessageContaining("NaN (item b)");
  }

  @Property(tries = 30)
  void auditMergesAndContinues(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PropensityAudit whole = new PropensityAudit();
    PropensityAudit a = new PropensityAudit();
    PropensityAudit b = new PropensityAudit();
    for (int k = 0; k < 400; k++) {
      int item = random.nextInt(4);
      whole.add("a" + item, 0.25);
      (random.nextBoolean() ? a : b).add("a" + item, 0.25);
    }
    a.merge(b);
    PropensityAudit restored = new PropensityAudit();
    States.restore(whole::write, restored::read);
    assertThat(restored.findings()).isEqualTo(whole.findings());
    for (int k = 0; k < 4; k++) {
      PropensityAudit.Finding finding = whole.findings().get(k);
      assertThat(a.findings().get(k).mean()).isCloseTo(finding.mean(), within(1e-12));
      assertThat(Math.abs(finding.z())).isLessThan(6);
    }
    PropensityAudit wrong = new PropensityAudit();
    for (int k = 0; k < 400; k++) {
      wrong.add("a" + k % 4, 0.1);
    }
    assertThat(wrong.findings()).allMatch(finding -> finding.z() > 4);
  }
}
