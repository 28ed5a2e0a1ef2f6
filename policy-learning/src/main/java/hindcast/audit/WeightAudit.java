package hindcast.audit;

import hindcast.evaluation.ScoredOutcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The audit of the importance weights of one policy line, where lines are evaluated apart from each
 * other and from the {@link LogAudit} of the same log: mean weight and support of each of its
 * policies.
 *
 * <p>All stay one family: of L lines, the i-th policy that line j ever tests (both from 0) takes
 * the test {@code 3 + j + i L} of the group of mean weights, whose first two are the log audit's.
 * So the log audit must not be told of evaluated policies too.
 *
 * <p>A weight enters divided by {@code (1 + b) (1 + U^2)}: b is the relative bias of π(a|x), U the
 * uncertainty of a propensity that was counted by Monte Carlo, both of which raise the mean. Order
 * does not matter but for which policies are forgotten; states do not merge.
 */
public final class WeightAudit {
  private static final int FORMAT = 1;

  private final PolicyWeights policies;

  /**
   * An audit without outcomes.
   *
   * @param alpha level of the family, in (0, 1)
   * @param line which line this is, from 0
   * @param lines how many there are
   * @param most policies remembered; beyond it the one that was quiet longest is forgotten
   */
  public WeightAudit(double alpha, int line, int lines, int most) {
    if (line < 0 || line >= lines) {
      throw new IllegalArgumentException(
          "line must be at least 0 and below the number of lines: " + line + " of " + lines);
    }
    if (most < 1) {
      throw new IllegalArgumentException("at least 1 policy must be remembered: " + most);
    }
    int first = LogAudit.TYPICAL_TESTS + 1 + line;
    policies = new PolicyWeights(new Family(alpha), first, lines, most, true);
  }

  /**
   * Takes an outcome under a policy; without a logged propensity it is not tested.
   *
   * @param policy its name, {@code id} or {@code id@version}
   */
  public void add(String policy, ScoredOutcome outcome) {
    if (outcome.isLogged()) {
      double u = outcome.scored().uncertainty();
      double weight = outcome.scored().weight() / ((1 + outcome.relativeBias()) * (1 + u * u));
      policies.add(policy, weight, outcome.scored().reward());
    }
  }

  /** What stands now, most severe first; {@code records} of each is the policy's outcomes. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    policies.findings(findings);
    findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::kind));
    return findings;
  }

  /** Writes the complete state; settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    policies.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote under the same settings. */
  public void read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("audit state of weights must have format " + FORMAT + ": " + format);
    }
    policies.read(in);
  }
}
