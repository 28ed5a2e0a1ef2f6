package hindcast.propensity;

import hindcast.testing.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 07: phi* in the paper's form and for any interval. */
class UipsGoldenTest {
  static Stream<Golden> blocks() {
    return Golden.blocks("07_uips");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void weights(Golden golden) {
    golden.required();
    for (int k = 0; k < golden.at("").size(); k++) {
      String at = "/" + k;
      double w = golden.number(at + "/w");
      double lambda = golden.number(at + "/lam");
      switch (golden.name()) {
        case "paper_form" -> paperForm(golden, at, w, lambda);
        case "interval_form" -> intervalForm(golden, at, w, lambda);
        default -> throw new AssertionError("not exercised: " + golden.name());
      }
    }
    golden.assertExercised();
  }

  private static void paperForm(Golden golden, String at, double w, double lambda) {
    double u = golden.number(at + "/U");
    double p = golden.number(at + "/pi0_hat");
    UipsWeight weight =
        new UipsWeight(
            lambda,
            golden.number(at + "/eta1"),
            golden.number(at + "/eta2"),
            golden.number(at + "/gamma"));
    golden.check(at + "/phi", weight.phi(w, u));
    golden.check(at + "/weight", weight.weight(w, u));
    golden.checkExactly(at + "/increasing_in_U", weight.boosts(w, u));
    golden.check(at + "/b_minus", weight.lower(p, u));
    golden.check(at + "/b_plus", weight.upper(p, u));
    for (String input : new String[] {"w", "U", "lam", "eta1", "eta2", "gamma", "pi0_hat"}) {
      golden.exercised(at + "/" + input);
    }
  }

  private static void intervalForm(Golden golden, String at, double w, double lambda) {
    double lo = golden.number(at + "/rho_lo");
    double hi = golden.number(at + "/rho_hi");
    double phi = UipsWeight.phiForInterval(w, lo, hi, lambda);
    golden.check(at + "/phi", phi);
    golden.check(at + "/worst_case", UipsWeight.worstCase(phi, w, lo, hi, lambda));
    for (String input : new String[] {"w", "lam", "rho_lo", "rho_hi"}) {
      golden.exercised(at + "/" + input);
    }
  }
}
