package hindcast.connectors.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.Alert;
import hindcast.avro.AlertState;
import hindcast.connectors.avro.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that answer 500, hang, are gone and come back lose no alert and delay nothing else. */
class AlertDeliveryTest {
  private static final RetryRule RULE =
      new RetryRule(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMinutes(5));
  private static final Duration TIMEOUT = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<AlertDelivery> deliveries = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Records as the topic would hand them over. */
  private static final class Records implements AlertSource {
    private final BlockingQueue<Positioned> records = new LinkedBlockingQueue<>();
    private volatile Map<Integer, Long> committed = Map.of();
    private long next;

    void add(Object record) {
      records.add(new Positioned(record, 0, next++, false));
    }

    @Override
    public List<Positioned> poll(Duration wait) {
      List<Positioned> taken = new ArrayList<>();
      try {
        Positioned first = records.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          taken.add(first);
          records.drainTo(taken);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return taken;
    }

    @Override
    public boolean commit(Map<Integer, Long> offsets) {
      committed = offsets;
      return true;
    }

    @Override
    public void close() {}
  }

  private static Alert alert(String id, long time, AlertState state) {
    return Alert.newBuilder(Samples.alert())
        .setAlertId(id)
        .setMessage(id + " at " + time)
        .setStartMicros(1)
        .setEventTimeMicros(time)
        .setState(state)
        .setEndMicros(state == AlertState.ENDED ? time : null)
        .build();
  }

  private AlertDelivery deliver(AlertSource source, Endpoint endpoint, RetryRule rule) {
    AlertDelivery delivery =
        new AlertDelivery(
            source, endpoint, rule, folder.resolve("dead.jsonl"), InstantSource.system(), 1);
    Thread thread = new Thread(delivery, endpoint.id());
    thread.start();
    deliveries.add(delivery);
    threads.add(thread);
    return delivery;
  }

  private static HttpEndpoint webhook(String url) {
    return new HttpEndpoint(
        "hook", HttpEndpoint.Form.WEBHOOK, url, "Bearer hidden", TIMEOUT, InstantSource.system());
  }

  @AfterEach
  void stop() throws InterruptedException {
    deliveries.forEach(AlertDelivery::stop);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static List<String> messages(AlertServer server) {
    return server.taken().stream().map(body -> body.get("text").asText().split("\n")[0]).toList();
  }

  @Test
  void whatFailsHangsOrIsGoneLosesNothingAndDelaysNothing() throws Exception {
    Records toHook = new Records();
    Records toFile = new Records();
    Path file = folder.resolve("alerts.jsonl");
    AlertServer server = new AlertServer(0);
    int port = server.port();
    String url = server.url();
    server.answer(body -> 500);
    AlertDelivery hook = deliver(toHook, webhook(url), RULE);
    AlertDelivery lines = deliver(toFile, new FileEndpoint("file", file), RULE);
    add(toHook, toFile, 0, 5);
    await().atMost(LIMIT).until(() -> lines.delivered() == 10);
    server.answer(body -> AlertServer.HANG);
    add(toHook, toFile, 5, 10);
    await().atMost(LIMIT).until(() -> lines.delivered() == 20);
    assertThat(hook.delivered()).isZero();
    assertThat(toHook.committed.getOrDefault(0, 0L)).isZero();
    server.close();
    add(toHook, toFile, 10, 15);
    await().atMost(LIMIT).until(() -> lines.delivered() == 30);
    assertThat(hook.delivered()).isZero();

    try (AlertServer back = new AlertServer(port)) {
      await().atMost(LIMIT).until(() -> hook.delivered() == 30);
      List<String> got = messages(back);
      assertThat(got).hasSize(30);
      for (int k = 0; k < 15; k++) {
        assertThat(got.indexOf("CRITICAL VALUE_BELOW_LOGGING: a" + k + " at 10"))
            .isNotNegative()
            .isLessThan(got.indexOf("ENDED VALUE_BELOW_LOGGING: a" + k + " at 20"));
      }
      await().atMost(LIMIT).until(() -> toHook.committed.get(0) == 30);
    }
    assertThat(Files.readAllLines(file)).hasSize(30);
    assertThat(folder.resolve("dead.jsonl")).doesNotExist();
  }

  private static void add(Records one, Records other, int from, int to) {
    for (Records records : List.of(one, other)) {
      for (int k = from; k < to; k++) {
        records.add(alert("a" + k, 10, AlertState.OPEN));
        records.add(alert("a" + k, 20, AlertState.ENDED));
      }
    }
  }

  @Test
  void oneAlertThatFailsHoldsUpNoOther() throws IOException {
    Records records = new Records();
    try (AlertServer server = new AlertServer(0)) {
      server.answer(body -> body.get("text").asText().contains("bad") ? 503 : 200);
      AlertDelivery delivery = deliver(records, webhook(server.url()), RULE);
      records.add(alert("bad", 1, AlertState.OPEN));
      IntStream.range(0, 20).forEach(k -> records.add(alert("good" + k, 1, AlertState.OPEN)));
      await().atMost(LIMIT).until(() -> delivery.delivered() == 20);
      assertThat(records.committed.getOrDefault(0, 0L)).as("bad is not settled").isZero();
      server.answer(body -> 200);
      await().atMost(LIMIT).until(() -> delivery.delivered() == 21);
    }
  }

  @Test
  void whatIsRefusedOrNeverArrivesIsKept() throws IOException {
    Records records = new Records();
    try (AlertServer server = new AlertServer(0)) {
      server.answer(body -> body.get("text").asText().contains("refused") ? 400 : 500);
      AlertDelivery delivery =
          deliver(
              records,
              webhook(server.url()),
              new RetryRule(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(200)));
      records.add(alert("refused", 1, AlertState.OPEN));
      records.add(alert("failing", 1, AlertState.OPEN));
      await().atMost(LIMIT).until(() -> delivery.undeliverable() == 2);
      await().atMost(LIMIT).until(() -> records.committed.get(0) == 2);
      List<String> kept = Files.readAllLines(folder.resolve("dead.jsonl"));
      JsonNode refused = new ObjectMapper().readTree(kept.get(0));
      JsonNode failing = new ObjectMapper().readTree(kept.get(1));
      assertThat(refused.at("/alert/id").asText()).isEqualTo("refused");
      assertThat(refused.at("/reason").asText()).isEqualTo("HTTP 400");
      assertThat(refused.at("/attempts").asInt()).isEqualTo(1);
      assertThat(failing.at("/alert/id").asText()).isEqualTo("failing");
      assertThat(failing.at("/attempts").asInt()).isGreaterThan(1);
      assertThat(kept.toString()).doesNotContain("secret-part").doesNotContain("hidden");
    }
  }

  @Test
  void alertmanagerGetsLabelsTimesAndRepetitions() throws Exception {
    try (AlertServer server = new AlertServer(0)) {
      HttpEndpoint endpoint =
          new HttpEndpoint(
              "am",
              HttpEndpoint.Form.ALERTMANAGER,
              "http://127.0.0.1:" + server.port() + "/",
              "",
              TIMEOUT,
              InstantSource.fixed(java.time.Instant.ofEpochSecond(100)));
      assertThat(endpoint.send(alert("a", 7_000_000, AlertState.OPEN)).reason()).isEmpty();
      endpoint.send(alert("a", 9_000_000, AlertState.ENDED));
      endpoint.repeat(List.of(alert("a", 7_000_000, AlertState.OPEN)));
      assertThat(server.paths()).containsOnly("/api/v2/alerts");
      JsonNode open = server.taken().get(0).get(0);
      assertThat(open.at("/labels/alertname").asText()).isEqualTo("VALUE_BELOW_LOGGING");
      assertThat(open.at("/labels/alertid").asText()).isEqualTo("a");
      assertThat(open.at("/startsAt").asText()).isEqualTo("1970-01-01T00:00:00.000001Z");
      assertThat(open.at("/endsAt").asText()).isEqualTo("1970-01-01T00:06:40Z");
      assertThat(server.taken().get(1).at("/0/endsAt").asText()).isEqualTo("1970-01-01T00:00:09Z");
      assertThat(server.taken().get(2)).isEqualTo(server.taken().get(0));
    }
  }

  @Test
  void addressesAreNotShown() {
    assertThatThrownBy(() -> webhook("ftp://host/secret-part"))
        .hasMessageContaining("endpoint hook")
        .hasMessageNotContaining("secret-part")
        .hasNoCause();
  }
}
