package hindcast.regression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.interval.BettingTest;
import hindcast.interval.ChangeDetector;
import hindcast.testing.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 12: bets, e-values, e-CUSUM and first alarms. */
class RegressionGoldenTest {
  static Stream<Golden> cases() {
    return Golden.cases("12_alerts");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void alarms(Golden golden) {
    golden.required();
    double[] w = golden.vector("/inputs/w");
    double[] r = golden.vector("/inputs/r");
    double drop = golden.number("/inputs/tolerated_drop");
    double alpha = golden.number("/inputs/alpha");
    RegressionDetector detector = new RegressionDetector(drop, alpha);
    BettingTest test = new BettingTest((1 + drop) / 2, alpha);
    ChangeDetector change = new ChangeDetector((1 + drop) / 2, alpha);
    JsonNode trace = golden.at("/expected/trace");
    int next = 0;
    for (int k = 0; k < w.length; k++) {
      double x = RegressionDetector.observation(w[k], r[k]);
      double bet = test.nextBet();
      test.add(x);
      change.add(x);
      detector.add(w[k], r[k]);
      if (next < trace.size() && trace.get(next).get("t").asInt() == k + 1) {
        String at = "/expected/trace/" + next++;
        golden.checkExactly(at + "/t", test.n());
        golden.check(at + "/lam", bet);
        golden.check(at + "/logE", test.logE());
        golden.check(at + "/logM", change.logM());
        assertThat(detector.logEvidence()).isEqualTo(test.logE());
      }
    }
    golden.checkExactly("/expected/first_alarm_e", orNull(detector.alarmedAt()));
    golden.checkExactly("/expected/first_alarm_ecusum", orNull(change.alarmAt()));
    golden.exercised("/expected/true_delta");
    golden.assertExercised();
  }

  private static Long orNull(long alarm) {
    return alarm == 0 ? null : alarm;
  }
}
