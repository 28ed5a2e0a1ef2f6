package hindcast.jobs.gate;

import hindcast.avro.ControlEvidence;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyCommand;
import hindcast.avro.PolicyControl;
import java.util.Locale;

/** The command by which a gate promotes a candidate; the same candidate, the same command. */
public final class PromotionCommands {
  /** Who asks. */
  public static final String REQUESTED_BY = "gate";

  private PromotionCommands() {}

  /**
   * The command.
   *
   * @param line the policy line
   * @param verdict one that says promote
   * @param checkpoint the version; null for a policy without versions
   */
  public static PolicyControl of(String line, GateVerdict verdict, PolicyCheckpoint checkpoint) {
    return PolicyControl.newBuilder()
        .setCommandId("gate/" + line + "/" + verdict.getPolicy() + "/" + verdict.getVersion())
        .setCommand(PolicyCommand.PROMOTE)
        .setPolicy(verdict.getPolicy())
        .setVersion(verdict.getVersion())
        .setEffectiveTimeMicros(verdict.getEventTimeMicros())
        .setRequestedBy(REQUESTED_BY)
        .setReason(reason(verdict))
        .setCheckpoint(checkpoint)
        .setEvidence(evidence(verdict))
        .build();
  }

  /** The value by IPS. Its interval at all times is in the verdict, of the difference. */
  private static ControlEvidence evidence(GateVerdict verdict) {
    return ControlEvidence.newBuilder()
        .setPolicy(verdict.getPolicy())
        .setVersion(verdict.getVersion())
        .setEstimator("IPS")
        .setEventTimeMicros(verdict.getEventTimeMicros())
        .setN(verdict.getN())
        .setValue(verdict.getLoggingValue() + verdict.getDifference())
        .setLower(null)
        .setUpper(null)
        .setEffectiveSampleSize(verdict.getEffectiveSampleSize())
        .setUnreliable(verdict.getFindings())
        .build();
  }

  private static String reason(GateVerdict verdict) {
    return String.format(
        Locale.ROOT,
        "candidate %d passed its gate at level %.3g: difference to the logging policy %.6g in"
            + " [%.6g, %.6g] over %d outcomes, P(success) %.3f",
        verdict.getCandidate(),
        verdict.getLevel(),
        verdict.getDifference(),
        verdict.getLower(),
        verdict.getUpper(),
        verdict.getN(),
        verdict.getForecasts().get(0).getSuccessProbability());
  }
}
