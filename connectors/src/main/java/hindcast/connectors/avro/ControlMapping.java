package hindcast.connectors.avro;

import hindcast.avro.ControlEvidence;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.control.ControlAction;
import hindcast.control.ControlCommand;
import hindcast.control.PolicyVersion;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Between commands as records and as values of the library. */
public final class ControlMapping {
  private ControlMapping() {}

  /**
   * The command of a record.
   *
   * @throws IllegalArgumentException if the record breaks a rule of the library, or its command is
   *     not known
   */
  public static ControlCommand command(PolicyControl control) {
    ControlAction action =
        switch (control.getCommand()) {
          case OPEN -> ControlAction.OPEN;
          case PROMOTE -> ControlAction.PROMOTE;
          case ROLLBACK -> ControlAction.ROLLBACK;
          case CLOSE -> ControlAction.CLOSE;
          case UNKNOWN ->
              throw new IllegalArgumentException(
                  "command must be OPEN, PROMOTE, ROLLBACK or CLOSE: UNKNOWN; upgrade this job"
                      + " before those who write commands");
        };
    return new ControlCommand(
        control.getCommandId(),
        action,
        new PolicyVersion(control.getPolicy(), control.getVersion()),
        control.getEffectiveTimeMicros(),
        control.getCheckpoint() == null ? 0 : control.getCheckpoint().getDataCutMicros());
  }

  /** An estimate as what a command rests on. */
  public static ControlEvidence evidence(ValueEstimate estimate) {
    String parameters =
        new TreeMap<>(estimate.getParameters())
            .entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(","));
    return new ControlEvidence(
        estimate.getPolicy(),
        estimate.getVersion(),
        parameters.isEmpty() ? estimate.getEstimator() : estimate.getEstimator() + ":" + parameters,
        estimate.getEventTimeMicros(),
        estimate.getN(),
        estimate.getValue(),
        estimate.getLower(),
        estimate.getUpper(),
        estimate.getEffectiveSampleSize(),
        estimate.getUnreliable());
  }
}
