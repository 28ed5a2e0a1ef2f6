package hindcast.jobs.alerting;

import hindcast.alert.Condition;
import hindcast.alert.Condition.Subject;
import hindcast.alert.DeployedWatch;
import hindcast.avro.ControlEvidence;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyControl;
import hindcast.connectors.avro.ControlMapping;
import hindcast.control.ControlCommand;
import hindcast.control.Deployment;
import hindcast.control.DeploymentHistory;
import hindcast.control.PolicyVersion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Follows what is deployed and watches it on its own traffic: the impressions that say it served
 * them, and those that do not say who did. A promotion or rollback to another version begins a new
 * watch, with the next share of alpha.
 *
 * <p>The promised value is the lower end of the interval in the command's evidence.
 */
final class WatchedDeployment {
  private final AlertOptions options;
  private DeploymentHistory history = new DeploymentHistory();
  private final Map<String, Double> promises = new TreeMap<>();
  private String by = "";
  private long number;
  private PolicyVersion deployed;
  private PolicyVersion champion;
  private DeployedWatch watch;
  private long otherTraffic;

  WatchedDeployment(AlertOptions options) {
    this.options = options;
  }

  /** Adds a command; it takes effect at its time. */
  void add(PolicyControl control) {
    ControlCommand command = ControlMapping.command(control);
    ControlEvidence evidence = control.getEvidence();
    if (history.add(command)
        && evidence != null
        && evidence.getLower() != null
        && evidence.getPolicy().equals(control.getPolicy())
        && evidence.getVersion() == control.getVersion()) {
      double promised = options.range().toUnit(evidence.getLower());
      promises.put(command.id(), Math.min(1, Math.max(0, promised)));
    }
  }

  /** Watches what is deployed at this time from now on. */
  void at(long timeMicros) {
    ControlCommand command = history.deployedBy(timeMicros);
    if (command == null || command.id().equals(by)) {
      return;
    }
    Deployment now = history.at(timeMicros);
    number++;
    by = command.id();
    deployed = now.deployed();
    champion = now.champion();
    watch = begin();
  }

  private DeployedWatch begin() {
    Double promised = promises.get(by);
    return new DeployedWatch(
        Subject.of(deployed.policy(), deployed.version()),
        champion == null ? "" : champion.policy() + "@" + champion.version(),
        options.rule(number),
        promised == null ? OptionalDouble.empty() : OptionalDouble.of(promised));
  }

  /** Whether these are the weights of the champion. */
  boolean isChampion(String policy, long version) {
    return champion != null && champion.equals(new PolicyVersion(policy, version));
  }

  /** Adds an outcome with the champion's weight, NaN if it has none. */
  void add(Feedback feedback, double championWeight) {
    if (watch == null) {
      return;
    }
    if (!isOwn(feedback)) {
      otherTraffic++;
      return;
    }
    watch.add(
        championWeight,
        feedback.getReward(),
        feedback.getSegment(),
        feedback.getItemId(),
        feedback.getEventTimeMicros());
  }

  private boolean isOwn(Feedback feedback) {
    String served = feedback.getPolicyId();
    boolean same = served.equals(deployed.policy()) || served.equals(deployed.line());
    return served.isEmpty()
        || (same && (deployed.version() == 0 || feedback.getPolicyVersion() == deployed.version()));
  }

  /** Everything that holds now. */
  List<Condition> conditions() {
    return watch == null ? List.of() : watch.conditions();
  }

  /** Impressions another policy served while something was deployed. */
  long otherTraffic() {
    return otherTraffic;
  }

  void write(DataOutput out) throws IOException {
    history.write(out);
    out.writeInt(promises.size());
    for (Map.Entry<String, Double> promise : promises.entrySet()) {
      out.writeUTF(promise.getKey());
      out.writeDouble(promise.getValue());
    }
    out.writeLong(otherTraffic);
    out.writeUTF(by);
    out.writeLong(number);
    if (watch != null) {
      deployed.write(out);
      out.writeBoolean(champion != null);
      if (champion != null) {
        champion.write(out);
      }
      watch.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    history = DeploymentHistory.read(in);
    promises.clear();
    for (int k = in.readInt(); k > 0; k--) {
      promises.put(in.readUTF(), in.readDouble());
    }
    otherTraffic = in.readLong();
    by = in.readUTF();
    number = in.readLong();
    if (!by.isEmpty()) {
      deployed = PolicyVersion.read(in);
      champion = in.readBoolean() ? PolicyVersion.read(in) : null;
      watch = begin();
      watch.read(in);
    }
  }
}
