package hindcast.local.policy;

import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.avro.ControlMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.checkpoint.CheckpointChain;
import hindcast.connectors.checkpoint.CheckpointException;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.connectors.kafka.Topics;
import hindcast.control.Deployment;
import hindcast.control.DeploymentHistory;
import hindcast.control.PolicyVersion;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.local.LocalStartException;
import hindcast.local.letters.TopicScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What [policy-checkpoints], [value-estimates] and [policy-control] say of the versions of every
 * policy line: the checkpoints, the newest estimate of each by each estimator over all segments,
 * and the commands in the order in which they were written.
 */
public final class PolicyBook {
  private static final String PREFERRED = "SNIPS";

  private final Predicate<PolicyCheckpoint> wanted;
  private final CheckpointChain chain = new CheckpointChain();
  private final TreeMap<String, NavigableMap<Long, PolicyCheckpoint>> versions = new TreeMap<>();
  private final TreeMap<String, ValueEstimate> estimates = new TreeMap<>();
  private final List<PolicyControl> controls = new ArrayList<>();
  private final DeploymentHistory history = new DeploymentHistory();
  private String broken = "";

  private PolicyBook(Predicate<PolicyCheckpoint> wanted) {
    this.wanted = wanted;
  }

  /**
   * Reads the topics.
   *
   * @param wanted the versions whose content is kept
   * @throws LocalStartException if no broker answers or a topic is not there
   */
  public static PolicyBook read(KafkaSettings settings, Predicate<PolicyCheckpoint> wanted) {
    PolicyBook book = new PolicyBook(wanted);
    Topics topics = settings.topics();
    try (TopicScan scan = new TopicScan(settings)) {
      for (String topic :
          List.of(topics.policyCheckpoints(), topics.valueEstimates(), topics.policyControl())) {
        scan.read(scan.beginning(topic), record -> book.add(record.value()));
      }
    }
    return book;
  }

  private void add(byte[] value) {
    Object record = WireFormat.ofThread().decode(value).record();
    if (record instanceof PolicyCheckpoint checkpoint) {
      add(checkpoint);
    } else if (record instanceof ValueEstimate estimate
        && estimate.getSegment().equals(EvaluatedSlice.ALL)) {
      estimates.merge(RecordKeys.text(estimate), estimate, PolicyBook::later);
    } else if (record instanceof PolicyControl control) {
      add(control);
    }
  }

  private void add(PolicyCheckpoint checkpoint) {
    try {
      chain.add(checkpoint);
    } catch (CheckpointException e) {
      broken = broken.isEmpty() ? e.getMessage() : broken;
    }
    if (!wanted.test(checkpoint)) {
      checkpoint.setContent(null);
    }
    versions
        .computeIfAbsent(checkpoint.getPolicyId(), line -> new TreeMap<>())
        .put(checkpoint.getVersion(), checkpoint);
  }

  private void add(PolicyControl control) {
    try {
      if (history.add(ControlMapping.command(control))) {
        controls.add(control);
      }
    } catch (IllegalArgumentException e) {
      controls.add(control);
    }
  }

  private static ValueEstimate later(ValueEstimate one, ValueEstimate other) {
    Comparator<ValueEstimate> order =
        Comparator.comparingLong(ValueEstimate::getEventTimeMicros)
            .thenComparingInt(ValueEstimate::getRevision);
    return order.compare(one, other) > 0 ? one : other;
  }

  /** The lines that learn, with their versions. */
  public Map<String, NavigableMap<Long, PolicyCheckpoint>> versions() {
    return versions;
  }

  /** What is wrong with the chain of hashes; empty if it is whole. */
  public String broken() {
    return broken;
  }

  /** The commands, in the order in which they were written. */
  public List<PolicyControl> controls() {
    return controls;
  }

  /** What is deployed once every command has taken effect. */
  public Deployment deployment() {
    return history.last();
  }

  /** Every name a policy is evaluated under, and every line that learns. */
  public NavigableSet<String> names() {
    NavigableSet<String> names = new TreeSet<>(versions.keySet());
    estimates.values().forEach(estimate -> names.add(estimate.getPolicy()));
    return names;
  }

  /**
   * A version that exists.
   *
   * @param version may be null for a policy without versions
   * @throws LocalStartException if there is no such policy or version
   */
  public PolicyVersion find(String policy, Long version) {
    if (!names().contains(policy)) {
      throw new LocalStartException("policy must be one of " + names() + ": " + policy);
    }
    PolicyVersion found = new PolicyVersion(policy, version == null ? 0 : Math.max(0, version));
    NavigableMap<Long, PolicyCheckpoint> line = versions.get(found.line());
    if (line == null) {
      if (version != null && version != 0) {
        throw new LocalStartException(policy + " has no versions: leave the version out");
      }
    } else if (version == null || !line.containsKey(version)) {
      throw new LocalStartException(
          "version of "
              + found.line()
              + " must be from "
              + line.firstKey()
              + " to "
              + line.lastKey()
              + ": "
              + version);
    }
    return found;
  }

  /** The checkpoint of a version; null for a policy without versions. */
  public PolicyCheckpoint checkpoint(PolicyVersion version) {
    return versions.getOrDefault(version.line(), new TreeMap<>()).get(version.version());
  }

  /** The newest estimates of a version under one name, by estimator. */
  public List<ValueEstimate> estimates(PolicyVersion version) {
    return estimates.values().stream()
        .filter(estimate -> estimate.getPolicy().equals(version.policy()))
        .filter(estimate -> estimate.getVersion() == version.version())
        .toList();
  }

  /** The estimate a version is judged by: SNIPS if there is one. */
  public Optional<ValueEstimate> estimate(PolicyVersion version) {
    List<ValueEstimate> all = estimates(version);
    return all.stream()
        .filter(estimate -> estimate.getEstimator().equals(PREFERRED))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** The newest event time of any estimate; 0 if there is none. */
  public long evaluatedUntilMicros() {
    return estimates.values().stream().mapToLong(ValueEstimate::getEventTimeMicros).max().orElse(0);
  }

  /** The names a line is evaluated under, and its own. */
  public List<String> namesOf(String line) {
    return names().stream().filter(name -> new PolicyVersion(name, 0).line().equals(line)).toList();
  }

  /** What a version of a line is: deployed, champion, closed, left, candidate, or never opened. */
  public String state(String line, long version) {
    Deployment deployment = history.last();
    if (is(deployment.deployed(), line, version)) {
      return "deployed " + deployment.deployed().form();
    }
    if (is(deployment.champion(), line, version)) {
      return "champion " + deployment.champion().form();
    }
    String left =
        versions.containsKey(line) && !chain.descent(line).contains(version) ? ", left" : "";
    boolean closed =
        deployment.closed().stream().anyMatch(one -> is(one, line, version))
            || isBehind(line, version);
    if (estimate(new PolicyVersion(line, version)).isEmpty()) {
      return "not evaluated" + left;
    }
    return (closed ? "closed" : "candidate") + left;
  }

  /** Whether its estimates stand still while those of its line go on. */
  private boolean isBehind(String line, long version) {
    long newest =
        estimates.values().stream()
            .filter(estimate -> estimate.getPolicy().equals(line))
            .mapToLong(ValueEstimate::getEventTimeMicros)
            .max()
            .orElse(0);
    return estimate(new PolicyVersion(line, version))
        .map(estimate -> estimate.getEventTimeMicros() < newest)
        .orElse(false);
  }

  private static boolean is(PolicyVersion one, String line, long version) {
    return one != null && one.line().equals(line) && one.version() == version;
  }
}
