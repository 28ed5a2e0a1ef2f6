package hindcast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node (KRaft, broker and controller in one) inside this JVM, listening on the loopback
 * interface only. Topics are never made by accident ({@code auto.create.topics.enable=false}) and
 * transactions may last an hour.
 *
 * <p>A directory given by the caller is kept: started on it again, the broker has the same cluster
 * id, topics, records and consumer offsets. Without one everything is temporary and deleted by
 * {@link #close()}. Not thread-safe; starts in about two seconds, stops in about one.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final int NODE_ID = 1;

  private final KafkaRaftServer server;
  private final DataDirectory directory;
  private final int port;
  private boolean closed;

  private EmbeddedKafka(KafkaRaftServer server, DataDirectory directory, int port) {
    this.server = server;
    this.directory = directory;
    this.port = port;
  }

  /** A broker on a free port with temporary data. */
  public static EmbeddedKafka start() {
    return start(0, null);
  }

  /**
   * A broker on the given port with its data in the given directory.
   *
   * @param wantedPort 1 to 65535, or 0 for any free port
   * @param kept directory that outlives the broker, or null for a temporary one
   * @throws LocalStartException if the port is taken, the directory cannot be written, is held by
   *     another broker or holds something else
   */
  public static EmbeddedKafka start(int wantedPort, Path kept) {
    int port = LocalPort.claim("--port", wantedPort);
    DataDirectory directory = DataDirectory.of(kept);
    try {
      KafkaConfig config = new KafkaConfig(properties(port, directory.root()), false);
      KafkaNode.format(directory.root(), NODE_ID, clusterId(directory.root()));
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      EmbeddedKafka kafka = new EmbeddedKafka(server, directory, port);
      kafka.startup();
      return kafka;
    } catch (Exception e) {
      directory.close();
      throw new LocalStartException(
          "Kafka cannot start in " + directory.root() + ": " + firstLine(e), e);
    }
  }

  public String bootstrapServers() {
    return LocalPort.LOOPBACK + ":" + port;
  }

  public int port() {
    return port;
  }

  /** A new administration client; the caller closes it. */
  public Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    directory.close();
  }

  private void startup() throws InterruptedException, ExecutionException {
    try {
      server.startup();
      try (Admin admin = admin()) {
        admin.describeCluster().nodes().get();
      }
    } catch (RuntimeException | InterruptedException | ExecutionException e) {
      close();
      throw e;
    }
  }

  private static Map<String, Object> properties(int port, Path directory) {
    int controllerPort = LocalPort.claim("the controller's port", 0);
    Map<String, Object> properties = KafkaNode.properties(NODE_ID, directory);
    properties.put(
        "controller.quorum.voters", NODE_ID + "@" + LocalPort.LOOPBACK + ":" + controllerPort);
    properties.put(
        "listeners",
        "PLAINTEXT://%s:%d,%s://%s:%d"
            .formatted(
                LocalPort.LOOPBACK,
                port,
                KafkaNode.CONTROLLER_LISTENER,
                LocalPort.LOOPBACK,
                controllerPort));
    properties.put("advertised.listeners", "PLAINTEXT://" + LocalPort.LOOPBACK + ":" + port);
    properties.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT," + KafkaNode.CONTROLLER_LISTENER + ":PLAINTEXT");
    return properties;
  }

  private static String clusterId(Path directory) throws IOException {
    Path meta = directory.resolve("meta.properties");
    if (!Files.exists(meta)) {
      return Uuid.randomUuid().toString();
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(meta)) {
      properties.load(reader);
    }
    String id = properties.getProperty("cluster.id");
    if (id == null) {
      throw new IOException("meta.properties names no cluster.id");
    }
    return id;
  }

  private static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getMessage() == null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
