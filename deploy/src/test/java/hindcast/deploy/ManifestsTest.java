package hindcast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hindcast.connectors.kafka.Grant;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.Topics;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class ManifestsTest {
  private static final Path KUBERNETES = Path.of("kubernetes");
  private static final Path KUBECTL = Path.of("/usr/bin/kubectl");

  @Test
  void everyManifestIsWhatItsModelKnows() throws IOException {
    int objects = 0;
    for (Path file : manifests()) {
      objects += StrictManifests.read(Files.readString(file)).size();
    }
    assertThat(objects).isGreaterThan(15);
  }

  @Test
  void aFieldNobodyKnowsIsRefusedWhereverItStands() throws IOException {
    String deployment = Files.readString(KUBERNETES.resolve("base/flink-deployment.yaml"));
    for (String field :
        List.of("  image:", "          ports:", "      memory:", "    upgradeMode:", "    spec:")) {
      String indent = field.substring(0, field.length() - field.strip().length());
      String broken = deployment.replace("\n" + field, "\n" + indent + "unkown: x\n" + field);
      assertThat(broken).as(field).isNotEqualTo(deployment);
      assertThatThrownBy(() -> StrictManifests.read(broken))
          .as(field)
          .hasMessageContaining("unkown");
    }
    assertThatThrownBy(
            () -> StrictManifests.read(deployment.replace("upgradeMode:", "upgradMode:")))
        .hasMessageContaining("upgradMode");
  }

  @Test
  void topicsAreThoseTheJobWouldMake() throws IOException {
    Map<String, Map<String, String>> declared = new TreeMap<>();
    Map<String, Integer> partitions = new TreeMap<>();
    for (Object object :
        StrictManifests.read(Files.readString(KUBERNETES.resolve("kafka/topics.yaml")))) {
      KafkaTopic topic = (KafkaTopic) object;
      Map<String, String> config = new HashMap<>();
      topic.getSpec().getConfig().forEach((key, value) -> config.put(key, value.toString()));
      config.remove("min.insync.replicas");
      declared.put(topic.getMetadata().getName(), config);
      partitions.put(topic.getMetadata().getName(), topic.getSpec().getPartitions());
    }
    Map<String, Map<String, String>> expected = new TreeMap<>();
    for (NewTopic topic : new Topics("").definitions(8, (short) 3)) {
      expected.put(topic.name(), topic.configs());
      assertThat(partitions).containsEntry(topic.name(), topic.numPartitions());
    }
    assertThat(declared).isEqualTo(expected);
  }

  @Test
  void theUserMayDoWhatTheJobNeedsAndNothingElse() throws IOException {
    KafkaUser user =
        (KafkaUser)
            StrictManifests.read(Files.readString(KUBERNETES.resolve("kafka/user.yaml"))).get(0);
    Map<String, Set<String>> declared = new TreeMap<>();
    for (AclRule rule :
        ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls()) {
      Set<String> operations = new TreeSet<>();
      rule.getOperations().forEach(operation -> operations.add(plain(operation.name())));
      String resource = rule.getResource().toString();
      String name = resource.replaceAll("(?s).*name=([^,)]*).*", "$1");
      declared.put(
          name.equals(resource) ? "kafka-cluster" : rule.getResource().getType() + " " + name,
          operations);
    }
    Map<String, Set<String>> needed = new TreeMap<>();
    for (Grant grant : Grant.of(KafkaSettings.of("broker:9092"), false)) {
      Set<String> operations = new TreeSet<>();
      grant.operations().forEach(operation -> operations.add(plain(operation.name())));
      String type =
          switch (grant.type()) {
            case TRANSACTIONAL_ID -> "transactionalId";
            default -> grant.type().name().toLowerCase(Locale.ROOT);
          };
      needed.put(
          grant.name().equals("kafka-cluster") ? grant.name() : type + " " + grant.name(),
          operations);
    }
    assertThat(declared).isEqualTo(needed);
  }

  @Test
  void overlaysRenderToKnownObjects() throws Exception {
    assumeTrue(Files.isExecutable(KUBECTL), "kubectl is not installed");
    for (String overlay : List.of("small", "production")) {
      List<Object> objects = StrictManifests.read(rendered(overlay));
      FlinkDeployment deployment =
          (FlinkDeployment)
              objects.stream().filter(FlinkDeployment.class::isInstance).findFirst().orElseThrow();
      int parallelism = deployment.getSpec().getJob().getParallelism();
      assertThat(deployment.getSpec().getJob().getArgs())
          .contains("job.parallelism=" + parallelism);
    }
  }

  @Test
  void theImageHasAPinnedBaseAndNoRoot() throws IOException {
    String dockerfile = Files.readString(Path.of("docker/Dockerfile"));
    assertThat(dockerfile).contains("ARG FLINK_IMAGE=flink:2.2.1-").contains("USER 9999");
    assertThat(dockerfile).doesNotContain(":latest");
  }

  private static List<Path> manifests() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(KUBERNETES)) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml") && !file.endsWith("pipeline.yaml"))
          .forEach(found::add);
    }
    return found;
  }

  private static String rendered(String overlay) throws IOException, InterruptedException {
    Process render =
        new ProcessBuilder(KUBECTL.toString(), "kustomize", "overlays/" + overlay)
            .directory(KUBERNETES.toFile())
            .start();
    String text = new String(render.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(render.waitFor()).isZero();
    return text;
  }

  private static String plain(String operation) {
    return operation.replace("_", "");
  }
}
