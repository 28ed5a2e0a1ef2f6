package hindcast.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.connectors.kafka.Grant;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.StartupChecks;
import hindcast.connectors.kafka.Topics;
import hindcast.security.SecureKafka.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for passwords or certificates and grants nothing by itself. */
class SecurityITCase {
  private static final String USER = "hindcast";
  private static final String PRINCIPAL = "User:" + USER;
  private static final String PASSWORD = "canary-5821-never-printed";
  private static final StartupChecks.Needs NEEDS =
      new StartupChecks.Needs(Duration.ofSeconds(10), Duration.ofHours(1), true);

  @TempDir static Path directory;
  private static SecureKafka kafka;
  private static Certificates certificates;

  @BeforeAll
  static void start() throws Exception {
    certificates =
        new Certificates(directory.resolve("certificates"))
            .signed("broker", "-1d", 30)
            .signed(USER, "-1d", 30)
            .signed("expired", "-10d", 5)
            .selfSigned("stranger");
    kafka = new SecureKafka(directory.resolve("kafka"), certificates);
    kafka.addUser(USER, PASSWORD);
    try (Admin admin = kafka.administrator()) {
      new Topics("").create(admin, 2, (short) 1);
      admin.createAcls(grants(PRINCIPAL)).all().get();
      admin.createAcls(grants("User:CN=" + USER)).all().get();
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void whoHasEveryGrantMayStart() {
    await().untilAsserted(() -> assertThat(problems(byPassword(PASSWORD))).isEmpty());
    await().untilAsserted(() -> assertThat(problems(byCertificate(USER))).isEmpty());
  }

  @Test
  void everyMissingGrantIsNamedAndNothingElse() throws Exception {
    try (Admin admin = kafka.administrator()) {
      for (Grant grant : Grant.of(byPassword(PASSWORD), true)) {
        for (AclOperation operation : grant.operations()) {
          AclBinding taken = grant.binding(PRINCIPAL, operation);
          admin.deleteAcls(List.of(taken.toFilter())).all().get();
          await()
              .untilAsserted(
                  () ->
                      assertThat(problems(byPassword(PASSWORD)))
                          .singleElement()
                          .asString()
                          .contains(operation.name())
                          .contains(grant.name().replace("kafka-", "")));
          admin.createAcls(List.of(taken)).all().get();
        }
      }
    }
    await().untilAsserted(() -> assertThat(problems(byPassword(PASSWORD))).isEmpty());
  }

  @Test
  void severalMissingGrantsAreOneList() throws Exception {
    kafka.addUser("nobody", PASSWORD);
    KafkaSettings settings = settings(kafka.secureAddress(), kafka.scram("nobody", PASSWORD));
    int operations =
        Grant.of(settings, true).stream().mapToInt(grant -> grant.operations().size()).sum();
    assertThat(problems(settings)).hasSize(operations);
  }

  @Test
  void aWrongPasswordIsRefusedAndNeverPrinted() {
    String wrong = PASSWORD + "-wrong";
    KafkaSettings settings = byPassword(wrong);
    assertThat(problems(settings))
        .singleElement()
        .asString()
        .contains("Authentication failed", "credentials")
        .doesNotContain(PASSWORD);
    assertThat(settings.toString()).doesNotContain(PASSWORD).doesNotContain("keystore-canary");
  }

  @Test
  void anExpiredAndASelfSignedCertificateAreRefused() {
    assertThat(problems(byCertificate("expired")))
        .singleElement()
        .asString()
        .contains("must be reachable");
    assertThat(problems(byCertificate("stranger")))
        .singleElement()
        .asString()
        .contains("must be reachable");
  }

  private static List<AclBinding> grants(String principal) {
    return Grant.of(byPassword(PASSWORD), true).stream()
        .flatMap(grant -> grant.bindings(principal).stream())
        .toList();
  }

  private static List<String> problems(KafkaSettings settings) {
    return StartupChecks.problems(settings, NEEDS);
  }

  private static KafkaSettings byPassword(String password) {
    return settings(kafka.secureAddress(), kafka.scram(USER, password));
  }

  private static KafkaSettings byCertificate(String name) {
    return settings(kafka.mutualAddress(), kafka.certificate(name));
  }

  private static KafkaSettings settings(String address, Map<String, String> properties) {
    return new KafkaSettings(
        address,
        properties,
        new Topics(""),
        "hindcast",
        "hindcast",
        Duration.ofMinutes(15),
        true,
        Duration.ZERO);
  }
}
