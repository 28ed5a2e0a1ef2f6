package hindcast.security;

import hindcast.local.KafkaNode;
import hindcast.local.LocalPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A broker in this JVM that clients reach by SASL_SSL with SCRAM-SHA-512 or by mutual TLS, with an
 * authorizer that denies what nobody granted. Its administrator comes through a listener without
 * either, on the loopback interface.
 */
final class SecureKafka implements AutoCloseable {
  private final KafkaRaftServer server;
  private final int secure;
  private final int mutual;
  private final int plain;
  private final Certificates certificates;

  SecureKafka(Path directory, Certificates certificates) throws Exception {
    this.certificates = certificates;
    secure = LocalPort.claim("port", 0);
    mutual = LocalPort.claim("port", 0);
    plain = LocalPort.claim("port", 0);
    Path data = Files.createDirectories(directory.resolve("data"));
    KafkaNode.format(data, 1, Uuid.randomUuid().toString());
    server = new KafkaRaftServer(new KafkaConfig(properties(data), false), Time.SYSTEM);
    server.startup();
  }

  private Map<String, Object> properties(Path data) {
    int controller = LocalPort.claim("port", 0);
    Map<String, Object> properties = KafkaNode.properties(1, data);
    String host = LocalPort.LOOPBACK;
    properties.put("controller.quorum.voters", "1@" + host + ":" + controller);
    String listeners =
        "SECURE://%1$s:%2$d,MUTUAL://%1$s:%3$d,PLAIN://%1$s:%4$d"
            .formatted(host, secure, mutual, plain);
    properties.put(
        "listeners",
        "%s,%s://%s:%d".formatted(listeners, KafkaNode.CONTROLLER_LISTENER, host, controller));
    properties.put("advertised.listeners", listeners);
    properties.put(
        "listener.security.protocol.map",
        "SECURE:SASL_SSL,MUTUAL:SSL,PLAIN:PLAINTEXT,"
            + KafkaNode.CONTROLLER_LISTENER
            + ":PLAINTEXT");
    properties.put("inter.broker.listener.name", "PLAIN");
    properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    properties.put(
        "listener.name.secure.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    properties.putAll(certificates.keyStore("broker"));
    properties.putAll(certificates.trustStore());
    properties.put("listener.name.mutual.ssl.client.auth", "required");
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("super.users", "User:ANONYMOUS");
    return properties;
  }

  /** Who may do everything. */
  Admin administrator() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, LocalPort.LOOPBACK + ":" + plain));
  }

  String plainAddress() {
    return LocalPort.LOOPBACK + ":" + plain;
  }

  String secureAddress() {
    return LocalPort.LOOPBACK + ":" + secure;
  }

  String mutualAddress() {
    return LocalPort.LOOPBACK + ":" + mutual;
  }

  void addUser(String name, String password) throws ExecutionException, InterruptedException {
    try (Admin admin = administrator()) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
          .all()
          .get();
    }
  }

  /** Settings of a client that logs in by password. */
  Map<String, String> scram(String name, String password) {
    Map<String, String> properties = new HashMap<>(certificates.trustStore());
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(name, password));
    return properties;
  }

  /** Settings of a client that shows a certificate. */
  Map<String, String> certificate(String name) {
    Map<String, String> properties = new HashMap<>(certificates.trustStore());
    properties.put("security.protocol", "SSL");
    properties.putAll(certificates.keyStore(name));
    return properties;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Key stores made by the JDK's keytool: one authority, and what it signed. */
  static final class Certificates {
    private static final String PASSWORD = "keystore-canary-7391";
    private final Path directory;

    Certificates(Path directory) throws IOException, InterruptedException {
      this.directory = Files.createDirectories(directory);
      generate("authority", "-1d", 30, "-ext", "bc:c");
      export("authority", "trust");
    }

    /** A certificate of that name, signed by the authority. */
    Certificates signed(String name, String start, int days)
        throws IOException, InterruptedException {
      generate(name, start, days);
      keytool("-certreq", "-alias", name, "-keystore", store(name), "-file", file(name + ".csr"));
      keytool(
          "-gencert",
          "-alias",
          "authority",
          "-keystore",
          store("authority"),
          "-infile",
          file(name + ".csr"),
          "-outfile",
          file(name + ".crt"),
          "-startdate",
          start,
          "-validity",
          String.valueOf(days),
          "-ext",
          "san=dns:localhost,ip:127.0.0.1");
      keytool(
          "-exportcert",
          "-alias",
          "authority",
          "-keystore",
          store("authority"),
          "-file",
          file("authority.crt"));
      keytool(
          "-importcert",
          "-noprompt",
          "-alias",
          "authority",
          "-keystore",
          store(name),
          "-file",
          file("authority.crt"));
      keytool(
          "-importcert", "-alias", name, "-keystore", store(name), "-file", file(name + ".crt"));
      return this;
    }

    /** A certificate nobody signed. */
    Certificates selfSigned(String name) throws IOException, InterruptedException {
      generate(name, "-1d", 30, "-ext", "san=dns:localhost,ip:127.0.0.1");
      return this;
    }

    Map<String, String> keyStore(String name) {
      return Map.of(
          "ssl.keystore.location",
          store(name),
          "ssl.keystore.type",
          "PKCS12",
          "ssl.keystore.password",
          PASSWORD,
          "ssl.key.password",
          PASSWORD);
    }

    Map<String, String> trustStore() {
      return Map.of(
          "ssl.truststore.location",
          store("trust"),
          "ssl.truststore.type",
          "PKCS12",
          "ssl.truststore.password",
          PASSWORD);
    }

    private void generate(String name, String start, int days, String... more)
        throws IOException, InterruptedException {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "-genkeypair",
                  "-alias",
                  name,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-startdate",
                  start,
                  "-validity",
                  String.valueOf(days),
                  "-keystore",
                  store(name)));
      arguments.addAll(List.of(more));
      keytool(arguments.toArray(String[]::new));
    }

    private void export(String name, String store) throws IOException, InterruptedException {
      keytool(
          "-exportcert", "-alias", name, "-keystore", store(name), "-file", file(name + ".crt"));
      keytool(
          "-importcert",
          "-noprompt",
          "-alias",
          name,
          "-keystore",
          store(store),
          "-file",
          file(name + ".crt"));
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of(arguments));
      command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    }

    private String store(String name) {
      return file(name + ".p12");
    }

    private String file(String name) {
      return directory.resolve(name).toString();
    }
  }
}
