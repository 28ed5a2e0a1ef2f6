package hindcast.connectors.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a job must be allowed to do on one resource of the broker, and nothing beyond it.
 *
 * @param type topic, group, transactional id or cluster
 * @param name of the resource
 * @param pattern whether the name is the whole name or the beginning of it
 * @param operations what is done there; READ and WRITE bring DESCRIBE with them
 */
public record Grant(
    ResourceType type, String name, PatternType pattern, Set<AclOperation> operations) {
  private static final String CLUSTER = "kafka-cluster";

  public Grant {
    operations = Set.copyOf(operations);
  }

  /**
   * Every grant the pipeline needs: it reads four topics and the newest manifest, writes the
   * others, commits offsets for monitoring, writes in transactions, and looks at the settings of
   * topics and brokers before it starts.
   *
   * @param promotes whether gates may write commands
   */
  public static List<Grant> of(KafkaSettings settings, boolean promotes) {
    List<Grant> grants = new ArrayList<>();
    Topics topics = settings.topics();
    for (String topic : topics.all()) {
      boolean input = topics.inputs().contains(topic);
      boolean both = promotes && topic.equals(topics.policyControl());
      grants.add(
          topic(
              topic,
              both
                  ? Set.of(AclOperation.READ, AclOperation.WRITE)
                  : Set.of(input ? AclOperation.READ : AclOperation.WRITE)));
    }
    grants.add(
        new Grant(
            ResourceType.GROUP,
            settings.groupId(),
            PatternType.LITERAL,
            Set.of(AclOperation.READ)));
    if (settings.exactlyOnce()) {
      grants.add(
          new Grant(
              ResourceType.TRANSACTIONAL_ID,
              settings.transactionalIdPrefix(),
              PatternType.PREFIXED,
              Set.of(AclOperation.WRITE)));
    }
    grants.add(
        new Grant(
            ResourceType.CLUSTER,
            CLUSTER,
            PatternType.LITERAL,
            Set.of(AclOperation.DESCRIBE_CONFIGS)));
    return List.copyOf(grants);
  }

  private static Grant topic(String name, Set<AclOperation> used) {
    List<AclOperation> operations = new ArrayList<>(used);
    operations.add(AclOperation.DESCRIBE_CONFIGS);
    return new Grant(ResourceType.TOPIC, name, PatternType.LITERAL, Set.copyOf(operations));
  }

  /** As the broker keeps it, from any host. */
  public List<AclBinding> bindings(String principal) {
    return operations.stream().sorted().map(operation -> binding(principal, operation)).toList();
  }

  /** One of them. */
  public AclBinding binding(String principal, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
  }

  /** What a missing operation is called: {@code WRITE on topic feedback}. */
  String named(AclOperation operation) {
    String kind = type.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    return operation
        + " on "
        + kind
        + (type == ResourceType.CLUSTER ? "" : " " + name)
        + (pattern == PatternType.PREFIXED ? "*" : "");
  }
}
