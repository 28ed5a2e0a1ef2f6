package hindcast.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands about policy versions, in the order in which they take effect: by effective time,
 * those of the same time in the order they were added. Says what was deployed at any event time.
 *
 * <pre>
 *   PROMOTE, ROLLBACK v    champion := deployed,  deployed := v       (nothing if v is deployed)
 *   OPEN v                 v is pinned
 *   CLOSE v                v is no longer pinned, and closed unless it is deployed or the champion
 * </pre>
 *
 * <p>A command whose id was added before changes nothing. Not thread-safe.
 */
public final class DeploymentHistory {
  private static final int FORMAT = 1;

  private final List<ControlCommand> commands = new ArrayList<>();

  /**
   * Adds a command.
   *
   * @return false if its id was added before
   */
  public boolean add(ControlCommand command) {
    int at = commands.size();
    for (int k = 0; k < commands.size(); k++) {
      if (commands.get(k).id().equals(command.id())) {
        return false;
      }
    }
    while (at > 0 && commands.get(at - 1).effectiveTimeMicros() > command.effectiveTimeMicros()) {
      at--;
    }
    commands.add(at, command);
    return true;
  }

  /** What is deployed at a time: every command that holds from then or earlier is obeyed. */
  public Deployment at(long timeMicros) {
    Deployment deployment = Deployment.NONE;
    for (ControlCommand command : commands) {
      if (command.effectiveTimeMicros() > timeMicros) {
        break;
      }
      deployment = deployment.after(command);
    }
    return deployment;
  }

  /** What is deployed once every command has taken effect. */
  public Deployment last() {
    return at(Long.MAX_VALUE);
  }

  /** The command that deployed what is deployed at a time; null if nothing is. */
  public ControlCommand deployedBy(long timeMicros) {
    ControlCommand by = null;
    PolicyVersion deployed = null;
    for (ControlCommand command : commands) {
      boolean deploys =
          command.action() == ControlAction.PROMOTE || command.action() == ControlAction.ROLLBACK;
      if (command.effectiveTimeMicros() <= timeMicros
          && deploys
          && !command.target().equals(deployed)) {
        by = command;
        deployed = command.target();
      }
    }
    return by;
  }

  /**
   * Whether a version lies on the line of descent of what its line learns at a time, or was left by
   * a rollback.
   *
   * <p>A rollback to v at time e leaves the versions after v whose data cut is at or before e;
   * training goes on from v, so later cuts are after e. Followed backwards from the newest rollback
   * this says which versions the newest one descends from; a rollback to a version that was left
   * takes its branch up again.
   *
   * @param line the policy line
   * @param version the version
   * @param dataCutMicros its data cut
   */
  public boolean isLeft(String line, long version, long dataCutMicros, long timeMicros) {
    long made = Long.MAX_VALUE;
    for (int k = commands.size() - 1; k >= 0; k--) {
      ControlCommand command = commands.get(k);
      long effective = command.effectiveTimeMicros();
      if (command.action() != ControlAction.ROLLBACK
          || !command.target().line().equals(line)
          || effective > timeMicros
          || effective >= made) {
        continue;
      }
      if (dataCutMicros > effective) {
        return false;
      }
      if (version > command.target().version()) {
        return true;
      }
      made = command.dataCutMicros();
    }
    return false;
  }

  /** The commands in the order in which they take effect. */
  public List<ControlCommand> commands() {
    return List.copyOf(commands);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(commands.size());
    for (ControlCommand command : commands) {
      command.write(out);
    }
  }

  /** What {@link #write} wrote. */
  public static DeploymentHistory read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("deployment history must have format " + FORMAT + ": " + format);
    }
    DeploymentHistory history = new DeploymentHistory();
    for (int k = in.readInt(); k > 0; k--) {
      history.commands.add(ControlCommand.read(in));
    }
    return history;
  }
}
