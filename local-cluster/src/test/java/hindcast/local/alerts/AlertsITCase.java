package hindcast.local.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hindcast.avro.Context;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.avro.ValueEstimate;
import hindcast.catalogue.ItemCatalogue;
import hindcast.cli.Hindcast;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.jobs.FlinkSettings;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.CommittedRecords;
import hindcast.local.EmbeddedKafka;
import hindcast.local.LocalFlink;
import hindcast.local.catalogue.PublishedCatalogue;
import hindcast.local.results.LedgerTotals;
import hindcast.local.traffic.InputFeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * From a promotion to the message on somebody's screen. The item {@code a} is rewarded in .8 of its
 * impressions, the others in .4. What always shows {@code a} is promoted, then uniform, which
 * serves from then on and earns less. The job is stopped and restored in between. Of three
 * endpoints one refuses at first, one never answers, one is a file.
 */
class AlertsITCase {
  private static final String[] ITEMS = {"a", "b", "c", "d"};
  private static final String ALERT = "VALUE_BELOW_CHAMPION/uniform/0/*";
  private static final long START_MICROS = 1_700_000_000_000_000L;
  private static final long STEP_MICROS = 10_000;
  private static final int EVENTS = 6_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final SplittableRandom random = new SplittableRandom(1);
  private int sent;

  @Test
  void aRegressionReachesWhoIsOnCallAndEndsWithTheRollback() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(0, folder.resolve("kafka"));
        LocalFlink flink = LocalFlink.start(0, 2, folder.resolve("flink"));
        ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Hook hook = new Hook(2)) {
      Path file = folder.resolve("hindcast.yaml");
      Files.writeString(file, yaml(broker.bootstrapServers(), hook.url(), mute.getLocalPort()));
      PipelineConfig config = ConfigLoader.load(file, List.of());
      KafkaSettings kafka = PipelineJob.kafkaSettings(config);
      try (Admin admin = Admin.create(kafka.clientProperties())) {
        kafka.topics().create(admin, 2, (short) 1);
      }
      JobClient job = submit(flink, config);
      try (InputFeed feed = new InputFeed(kafka);
          Deliveries deliveries = new Deliveries(config.alerts(), kafka)) {
        feed.send(
            PublishedCatalogue.write(
                folder.resolve("catalogue"), ItemCatalogue.oneHot("v1", ITEMS)));
        serve(feed, 1000);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    new CommittedRecords(kafka)
                        .of(kafka.topics().valueEstimates(), ValueEstimate.class).stream()
                            .anyMatch(estimate -> estimate.getPolicy().equals("best")));
        run("policy promote best --at " + at(sent));
        run("policy promote uniform --at " + at(sent, 1));
        serve(feed, EVENTS);
        await().atMost(PATIENCE).until(() -> run("alerts list").contains(ALERT));
        assertThat(run("alerts show " + ALERT))
            .contains("championValue", "docs/runbook.md#value_below_champion", "item ");
        assertThat(run("alerts ack " + ALERT + " --by ann --comment looking")).contains("acknowl");
        assertThat(run("alerts list")).contains("ACKNOWLEDGED");
        await().atMost(PATIENCE).until(() -> hook.hasTaken(" VALUE_BELOW_CHAMPION"));
        assertThat(hook.refused()).isEqualTo(2);
        assertOneEpisode();

        job.stopWithSavepoint(false, flink.savepointFolder(), SavepointFormatType.CANONICAL)
            .get(1, TimeUnit.MINUTES);
        job = submit(flink, config);
        serve(feed, EVENTS);
        await().atMost(PATIENCE).until(() -> isHandled(flink, sent));
        assertOneEpisode();

        run("policy rollback best --at " + at(sent));
        serve(feed, 1000);
        await().atMost(PATIENCE).until(() -> !run("alerts list").contains(ALERT));
        assertThat(run("alerts list --all")).contains("ENDED").contains(ALERT);
        await().atMost(PATIENCE).until(() -> hook.hasTaken("ENDED VALUE_BELOW_CHAMPION"));
        for (String stream : List.of("impressions", "rewards")) {
          LedgerTotals ledger = LedgerTotals.read(stream, flink.metrics());
          assertThat(ledger.gap()).as(ledger.equation()).isZero();
        }
        assertThat(deliveries.hasFailed()).isFalse();
        assertThat(deliveries.undeliverable()).isZero();
      }
      job.cancel().get(1, TimeUnit.MINUTES);
    }
  }

  private String yaml(String bootstrap, String hook, int mute) {
    return """
        kafka: {bootstrap-servers: "%s"}
        job: {checkpoint-interval: 500ms}
        reward: {window: 1s}
        learning: {window: 1s, policies: []}
        evaluation:
          report-every: 2s
          policies:
            - {id: uniform, kind: uniform}
            - {id: best, kind: always, item: a}
        alerts:
          longest-pause: 1s
          timeout: 2s
          endpoints:
            - {id: hook, kind: webhook, url-secret: "%s"}
            - {id: mute, kind: alertmanager, url-secret: "http://127.0.0.1:%d"}
            - {id: file, kind: file, file: "%s"}
          dead-letters: "%s"
        """
        .formatted(
            bootstrap, hook, mute, folder.resolve("alerts.jsonl"), folder.resolve("letters.jsonl"));
  }

  /** Uniform serves, and everything until now is complete. */
  private void serve(InputFeed feed, int events) {
    for (int k = 0; k < events; k++) {
      long time = START_MICROS + sent * STEP_MICROS;
      String id = "i%08d".formatted(sent++);
      String item = ITEMS[random.nextInt(ITEMS.length)];
      feed.send(
          Impression.newBuilder()
              .setImpressionId(id)
              .setEventTimeMicros(time)
              .setSegment("s" + random.nextInt(2))
              .setContext(new Context(AvroMapping.pack(new float[] {1, 0, 0, 0}), null))
              .setItemId(item)
              .setPropensity(.25)
              .setPolicyId("uniform")
              .build());
      if (random.nextDouble() < (item.equals("a") ? .8 : .4)) {
        feed.send(new Reward(id, "click", time + 100_000, 1.0, "r" + id));
      }
    }
    feed.marker(START_MICROS + sent * STEP_MICROS);
    feed.flush();
  }

  private static boolean isHandled(LocalFlink flink, int impressions) {
    LedgerTotals ledger = LedgerTotals.read("impressions", flink.metrics());
    return ledger.in() >= impressions && ledger.held() <= 200;
  }

  private static JobClient submit(LocalFlink flink, PipelineConfig config) throws Exception {
    StreamExecutionEnvironment env = flink.environment(FlinkSettings.of(config));
    env.setParallelism(2);
    PipelineJob.build(env, config, ITEMS.length);
    return flink.submit(env, "alerts");
  }

  /** The alert has one beginning, and said each severity once. */
  private void assertOneEpisode() throws IOException {
    Path file = folder.resolve("alerts.jsonl");
    await().atMost(PATIENCE).until(() -> Files.exists(file));
    ObjectMapper json = new ObjectMapper();
    List<String> starts = new ArrayList<>();
    List<String> severities = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode alert = json.readTree(line);
      String state = alert.path("state").asText();
      if (alert.path("id").asText().equals(ALERT) && !state.equals("ACKNOWLEDGED")) {
        assertThat(state).isEqualTo("OPEN");
        starts.add(alert.path("start").asText());
        severities.add(alert.path("severity").asText());
      }
    }
    assertThat(starts).isNotEmpty().containsOnly(starts.get(0));
    assertThat(severities).doesNotHaveDuplicates();
  }

  private static String at(int event) {
    return at(event, 0);
  }

  private static String at(int event, int moreMicros) {
    return Instant.EPOCH
        .plus(START_MICROS + event * STEP_MICROS + moreMicros, ChronoUnit.MICROS)
        .toString();
  }

  private String run(String arguments) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments.split(" ", -1)));
    all.add("--config");
    all.add(folder.resolve("hindcast.yaml").toString());
    PrintWriter writer = new PrintWriter(out);
    CommandLine command = Hindcast.commandLine().setOut(writer).setErr(writer);
    assertThat(command.execute(all.toArray(String[]::new))).as("%s: %s", arguments, out).isZero();
    return out.toString();
  }

  /** A webhook that answers 500 to its first requests. */
  private static final class Hook implements AutoCloseable {
    private final HttpServer server;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();

    Hook(int refusals) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean takes = refused.get() >= refusals;
            if (takes) {
              taken.add(body);
            } else {
              refused.incrementAndGet();
            }
            exchange.sendResponseHeaders(takes ? 200 : 500, -1);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret";
    }

    boolean hasTaken(String part) {
      return taken.stream().anyMatch(text -> text.contains(part));
    }

    int refused() {
      return refused.get();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
