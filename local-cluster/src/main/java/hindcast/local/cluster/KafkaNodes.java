package hindcast.local.cluster;

import hindcast.local.KafkaNode;
import hindcast.local.LocalPort;
import hindcast.local.LocalStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * Configuration and commands of the brokers, each behind a link: clients are told the address of
 * the link, the nodes among themselves talk directly.
 */
final class KafkaNodes {
  private static final String BROKER_HEAP = "-Xmx512m";
  private static final String LINK_HEAP = "-Xmx64m";

  private final ClusterFolder folder;
  private final List<Ports> ports = new ArrayList<>();

  private record Ports(int link, int client, int internal, int controller) {
    static Ports claimed() {
      return new Ports(claim(), claim(), claim(), claim());
    }

    private static int claim() {
      return LocalPort.claim("the port of a broker", 0);
    }
  }

  KafkaNodes(ClusterFolder folder, ClusterSettings settings) {
    this.folder = folder;
    for (int number = 0; number < settings.brokers(); number++) {
      ports.add(Ports.claimed());
    }
  }

  /** Formatted folders, then links and brokers. */
  List<ClusterNode> nodes() {
    String clusterId = Uuid.randomUuid().toString();
    List<ClusterNode> nodes = new ArrayList<>();
    for (int number = 1; number <= ports.size(); number++) {
      nodes.add(link(number));
    }
    for (int number = 1; number <= ports.size(); number++) {
      nodes.add(broker(number, clusterId));
    }
    return nodes;
  }

  private ClusterNode link(int number) {
    String name = NodeRole.LINK.node(number);
    Ports own = ports.get(number - 1);
    List<String> command = JavaCommand.whole(LinkProcess.class.getName(), List.of(LINK_HEAP));
    command.addAll(
        List.of(
            String.valueOf(own.link()),
            String.valueOf(own.client()),
            folder.linkFile(name).toString()));
    return new ClusterNode(name, NodeRole.LINK, own.link(), command);
  }

  private ClusterNode broker(int number, String clusterId) {
    String name = NodeRole.BROKER.node(number);
    Path data = folder.folder(name);
    try {
      KafkaNode.format(data, number, clusterId);
    } catch (Exception e) {
      throw new LocalStartException(name + " cannot be formatted: " + e.getMessage(), e);
    }
    StringBuilder text = new StringBuilder();
    properties(number, data).forEach((key, value) -> text.append(key + "=" + value + "\n"));
    Path file = folder.write(name + ".properties", text.toString());
    List<String> command =
        JavaCommand.whole(
            "kafka.Kafka",
            List.of(
                BROKER_HEAP,
                "-Dlog4j2.configurationFile="
                    + folder.conf().resolve("log4j2.properties").toUri()));
    command.add(file.toString());
    return new ClusterNode(name, NodeRole.BROKER, ports.get(number - 1).client(), command);
  }

  private Map<String, Object> properties(int number, Path data) {
    Ports own = ports.get(number - 1);
    Map<String, Object> properties = new TreeMap<>(KafkaNode.properties(number, data));
    properties.put("controller.quorum.voters", voters());
    properties.put(
        "listeners",
        "CLIENT://%1$s:%2$d,INTERNAL://%1$s:%3$d,%5$s://%1$s:%4$d"
            .formatted(
                LocalPort.LOOPBACK,
                own.client(),
                own.internal(),
                own.controller(),
                KafkaNode.CONTROLLER_LISTENER));
    properties.put(
        "advertised.listeners",
        "CLIENT://%1$s:%2$d,INTERNAL://%1$s:%3$d"
            .formatted(LocalPort.LOOPBACK, own.link(), own.internal()));
    properties.put(
        "listener.security.protocol.map",
        "CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT," + KafkaNode.CONTROLLER_LISTENER + ":PLAINTEXT");
    properties.put("inter.broker.listener.name", "INTERNAL");
    if (ports.size() > 1) {
      properties.put("offsets.topic.replication.factor", "3");
      properties.put("transaction.state.log.replication.factor", "3");
      properties.put("transaction.state.log.min.isr", "2");
      properties.put("min.insync.replicas", "2");
    }
    return properties;
  }

  private String voters() {
    List<String> voters = new ArrayList<>();
    for (int number = 1; number <= ports.size(); number++) {
      voters.add(number + "@" + LocalPort.LOOPBACK + ":" + ports.get(number - 1).controller());
    }
    return String.join(",", voters);
  }
}
