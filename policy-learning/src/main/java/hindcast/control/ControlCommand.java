package hindcast.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A command about a policy version.
 *
 * @param id the same id is obeyed once
 * @param action what to do
 * @param target the version it is about
 * @param effectiveTimeMicros event time from which it holds
 * @param dataCutMicros data cut of the target; 0 for a policy without versions
 */
public record ControlCommand(
    String id,
    ControlAction action,
    PolicyVersion target,
    long effectiveTimeMicros,
    long dataCutMicros) {
  public ControlCommand {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a command must have an id: " + action + " " + target);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(id);
    out.writeUTF(action.name());
    target.write(out);
    out.writeLong(effectiveTimeMicros);
    out.writeLong(dataCutMicros);
  }

  static ControlCommand read(DataInput in) throws IOException {
    return new ControlCommand(
        in.readUTF(),
        ControlAction.valueOf(in.readUTF()),
        PolicyVersion.read(in),
        in.readLong(),
        in.readLong());
  }
}
