package hindcast.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * What every Kafka node of ours has (KRaft, broker and controller in one): topics are never made by
 * accident, transactions may last an hour, internal topics fit one node. Listeners are the
 * caller's.
 */
public final class KafkaNode {
  /** Name of the controllers' listener. */
  public static final String CONTROLLER_LISTENER = "CONTROLLER";

  private KafkaNode() {}

  /** Everything but listeners, voters and what more than one node asks for. */
  public static Map<String, Object> properties(int nodeId, Path directory) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", String.valueOf(nodeId));
    properties.put("controller.listener.names", CONTROLLER_LISTENER);
    properties.put("log.dirs", directory.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("transaction.max.timeout.ms", "3600000");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    return properties;
  }

  /**
   * Writes meta.properties and the bootstrap snapshot; a directory that has them is left alone.
   *
   * @throws Exception if it cannot be written, or belongs to another node or cluster
   */
  public static void format(Path directory, int nodeId, String clusterId) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    new Formatter()
        .setPrintStream(new PrintStream(said, false, StandardCharsets.UTF_8))
        .setNodeId(nodeId)
        .setClusterId(clusterId)
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName(CONTROLLER_LISTENER)
        .setIgnoreFormatted(true)
        .setHasDynamicQuorum(false)
        .run();
  }
}
