package hindcast.connectors.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks a broker which of the {@link Grant}s are missing. Brokers without authorizer allow all. */
final class GrantChecks {
  private static final String PROBE = "-startup-check";

  private final KafkaSettings settings;
  private final Admin admin;
  private final Map<String, TopicDescription> topics;
  private final int timeoutMillis;

  /**
   * @param topics the topics there are, with what is allowed on them; null for one that may not be
   *     described
   */
  GrantChecks(
      KafkaSettings settings,
      Admin admin,
      Map<String, TopicDescription> topics,
      int timeoutMillis) {
    this.settings = settings;
    this.admin = admin;
    this.topics = topics;
    this.timeoutMillis = timeoutMillis;
  }

  /** One line for each missing operation; topics that are not there are left out. */
  List<String> problems(List<Grant> grants) throws ExecutionException, InterruptedException {
    List<String> problems = new ArrayList<>();
    for (Grant grant : grants) {
      if (grant.type() == ResourceType.TOPIC && !topics.containsKey(grant.name())) {
        continue;
      }
      for (AclOperation operation : missing(grant)) {
        problems.add(
            "kafka must allow this job "
                + grant.named(operation)
                + "; grant it to the job's principal");
      }
    }
    return problems;
  }

  private List<AclOperation> missing(Grant grant) throws ExecutionException, InterruptedException {
    List<AclOperation> missing = new ArrayList<>(grant.operations());
    missing.sort(null);
    try {
      switch (grant.type()) {
        case TOPIC -> missing.removeAll(allowedOnTopic(grant.name()));
        case CLUSTER -> {
          describeBroker();
          missing.clear();
        }
        case GROUP -> {
          admin.listConsumerGroupOffsets(grant.name()).partitionsToOffsetAndMetadata().get();
          missing.clear();
        }
        case TRANSACTIONAL_ID -> {
          beginTransactions();
          missing.clear();
        }
        default -> throw new IllegalArgumentException("no grant is of this kind: " + grant);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
    } catch (AuthorizationException e) {
      return missing;
    }
    return missing;
  }

  private boolean mayDescribeConfigs(String topic) throws ExecutionException, InterruptedException {
    try {
      describeConfigs(ConfigResource.Type.TOPIC, topic);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return false;
      }
      throw e;
    }
  }

  private Set<AclOperation> allowedOnTopic(String name)
      throws ExecutionException, InterruptedException {
    if (topics.get(name) != null) {
      return topics.get(name).authorizedOperations();
    }
    return mayDescribeConfigs(name) ? Set.of(AclOperation.DESCRIBE_CONFIGS) : Set.of();
  }

  private void describeBroker() throws ExecutionException, InterruptedException {
    String broker = admin.describeCluster().nodes().get().iterator().next().idString();
    describeConfigs(ConfigResource.Type.BROKER, broker);
  }

  private void describeConfigs(ConfigResource.Type type, String name)
      throws ExecutionException, InterruptedException {
    admin.describeConfigs(List.of(new ConfigResource(type, name))).all().get();
  }

  /** Only who may write with a transactional id gets a producer id for it. */
  private void beginTransactions() {
    var properties = settings.clientProperties();
    properties.setProperty(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalIdPrefix() + PROBE);
    properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(timeoutMillis));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
    } catch (KafkaException e) {
      if (e.getCause() instanceof AuthorizationException denied) {
        throw denied;
      }
      throw e;
    }
  }
}
