package hindcast.jobs.control;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.connectors.avro.ControlMapping;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.control.ControlAction;
import hindcast.control.ControlCommand;
import hindcast.control.Deployment;
import hindcast.control.PolicyVersion;
import hindcast.feedback.FeedbackValidator;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;

/**
 * The rules a command must meet to be obeyed:
 *
 * <ul>
 *   <li>it has an id and says who asked;
 *   <li>its policy is a configured line, in one of the forms that are evaluated;
 *   <li>a version of a learned line is 1 or more and comes with the command, whole by its hash; a
 *       policy without versions has version 0 and cannot be closed;
 *   <li>a version to roll back to was trained with the objective, the optimizer and the seed the
 *       line has now;
 *   <li>what is deployed, or is the champion, is not closed.
 * </ul>
 */
public final class ControlCheck {
  private final ControlSettings settings;

  /** Checks against the lines of a configuration. */
  public ControlCheck(ControlSettings settings) {
    this.settings = settings;
  }

  /** Why a command is refused, or null if it is not, given what is deployed when it holds. */
  public Reject check(PolicyControl control, Deployment deployment) {
    ControlCommand command;
    try {
      command = ControlMapping.command(control);
    } catch (IllegalArgumentException e) {
      return refused(control, e.getMessage());
    }
    Reject reject = checkTexts(control);
    if (reject == null) {
      reject = checkName(control, command);
    }
    if (reject == null) {
      reject = checkVersion(control, command);
    }
    PolicyVersion target = command.target();
    if (reject == null
        && command.action() == ControlAction.CLOSE
        && deployment.serves(target.line(), target.version())) {
      reject = refused(control, target + " is deployed or the champion: promote another first");
    }
    return reject;
  }

  private static Reject checkTexts(PolicyControl control) {
    if (control.getCommandId().length() > FeedbackValidator.MAX_ID_LENGTH) {
      return refused(
          control,
          "its id must have at most "
              + FeedbackValidator.MAX_ID_LENGTH
              + " characters: "
              + control.getCommandId().length());
    }
    return control.getRequestedBy().isBlank()
        ? refused(control, "requestedBy must say who asks: it is empty")
        : null;
  }

  private Reject checkName(PolicyControl control, ControlCommand command) {
    ControlSettings.Line line = settings.lines().get(command.target().line());
    if (line == null) {
      return refused(
          control,
          "policy must be one of "
              + new TreeSet<>(settings.lines().keySet())
              + ": "
              + command.target().line());
    }
    return line.names().contains(control.getPolicy())
        ? null
        : refused(
            control,
            "policy must be one of "
                + new TreeSet<>(line.names())
                + ": "
                + control.getPolicy()
                + "; name a form that is evaluated");
  }

  private Reject checkVersion(PolicyControl control, ControlCommand command) {
    ControlSettings.Line line = settings.lines().get(command.target().line());
    long version = control.getVersion();
    if (!line.learns()) {
      if (version != 0) {
        return refused(control, control.getPolicy() + " has no versions, its version must be 0");
      }
      return command.action() == ControlAction.CLOSE
          ? refused(
              control,
              control.getPolicy() + " has no versions and is evaluated as it is configured")
          : null;
    }
    if (version == 0) {
      return refused(control, "version must be at least 1: 0");
    }
    return command.action() == ControlAction.CLOSE ? null : checkContent(control, command, line);
  }

  private static Reject checkContent(
      PolicyControl control, ControlCommand command, ControlSettings.Line line) {
    PolicyCheckpoint checkpoint = control.getCheckpoint();
    if (checkpoint == null) {
      return refused(control, "it must hold the version it names: write it with ./hindcast policy");
    }
    if (!checkpoint.getPolicyId().equals(command.target().line())
        || checkpoint.getVersion() != control.getVersion()) {
      return refused(
          control,
          "it must hold the version it names: it holds "
              + checkpoint.getPolicyId()
              + " version "
              + checkpoint.getVersion());
    }
    try {
      PolicyCheckpointContent content = PolicyCheckpointCodec.read(checkpoint);
      return command.action() == ControlAction.ROLLBACK
          ? checkLearner(control, content, line)
          : null;
    } catch (IOException e) {
      return refused(control, e.getMessage());
    }
  }

  private static Reject checkLearner(
      PolicyControl control, PolicyCheckpointContent content, ControlSettings.Line line) {
    for (Map.Entry<String, String> setting : line.learner().entrySet()) {
      String trained = content.configuration().get(setting.getKey());
      if (!setting.getValue().equals(trained)) {
        return refused(
            control,
            "training cannot go on from it: its "
                + setting.getKey()
                + " was "
                + trained
                + " and is now "
                + setting.getValue());
      }
    }
    return null;
  }

  private static Reject refused(PolicyControl control, String why) {
    return new Reject(
        Rejection.INVALID_COMMAND,
        control.getCommand()
            + " "
            + control.getPolicy()
            + " version "
            + control.getVersion()
            + " (command "
            + control.getCommandId()
            + "): "
            + why);
  }
}
