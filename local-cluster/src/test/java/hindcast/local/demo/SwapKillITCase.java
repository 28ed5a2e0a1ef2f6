package hindcast.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.Feedback;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.catalogue.ManifestFile;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.CommittedRecords;
import hindcast.local.EmbeddedKafka;
import hindcast.local.OwnProcess;
import hindcast.local.traffic.InputFeed;
import hindcast.local.traffic.LatestEventTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broker, cluster, job and traffic in one process that is killed (SIGKILL) around the swap of a
 * catalogue: while the new version is written, after its manifest was announced, and while its
 * index is built. Started again each time on the same directory, it ends as if nothing had been.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwapKillITCase {
  private static final boolean FULL = "full".equals(System.getProperty("hindcast.quality"));
  private static final int ITEMS = 60_000;
  private static final int ADDED = 3_000;
  private static final int DIMENSION = 16;
  private static final String FIRST = "synthetic-1-" + ITEMS;
  private static final String SPACE = "synthetic-1";
  private static final String BUILDING = "Catalogue v2: partition is being built";

  @TempDir Path folder;

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(FULL ? 8 : 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aProcessKilledDuringASwapStartsAgainAndLosesNothing(long seed) throws Exception {
    Random random = new Random(seed);
    Path data = folder.resolve("data");
    Path items = folder.resolve("items.csv");
    killWhileTheFileIsWritten(data, items, random);
    killAfterTheManifest(data, items, random);
    killWhileTheIndexIsBuilt(data, random);
    Path report = folder.resolve("report.json");
    try (DemoProcess last =
        DemoProcess.start(
            data, ITEMS, DIMENSION, "--duration", "12s", "--report", report.toString())) {
      last.awaitCleanEnd();
    }
    requireBalanced(report);
    requireWholeFiles(data.resolve("catalogue"));
    requireOneLineOfResults(data);
  }

  private static void killWhileTheFileIsWritten(Path data, Path items, Random random)
      throws Exception {
    try (DemoProcess demo = DemoProcess.start(data, ITEMS, DIMENSION)) {
      demo.awaitWork();
      writeItems(data, items);
      Process builder = build(data, items, Instant.EPOCH);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (builder.isAlive()
          && temporary(data.resolve("catalogue")).isEmpty()
          && System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
      builder.destroyForcibly().waitFor();
      demo.kill();
    }
  }

  private static void killAfterTheManifest(Path data, Path items, Random random) throws Exception {
    try (DemoProcess demo = DemoProcess.start(data, ITEMS, DIMENSION)) {
      demo.awaitWork();
      KafkaSettings kafka = KafkaSettings.of(demo.bootstrapServers());
      long from = LatestEventTime.micros(kafka) + TimeUnit.SECONDS.toMicros(5);
      Process builder = build(data, items, Instant.EPOCH.plus(from, ChronoUnit.MICROS));
      assertThat(builder.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(builder.exitValue()).isZero();
      CatalogueManifest manifest =
          ManifestFile.read(data.resolve("catalogue").resolve("v2.catalogue"));
      try (InputFeed feed = new InputFeed(kafka)) {
        feed.send(manifest);
        feed.flush();
      }
      Thread.sleep(random.nextInt(1_500));
      demo.kill();
    }
  }

  /** Where the index was whole before the kill above, at some moment after the start. */
  private static void killWhileTheIndexIsBuilt(Path data, Random random) throws Exception {
    try (DemoProcess demo = DemoProcess.start(data, ITEMS, DIMENSION)) {
      Path index = data.resolve("catalogue").resolve("v2.catalogue.partition");
      if (Files.exists(index)) {
        demo.awaitWork();
      } else {
        demo.awaitLog(BUILDING);
      }
      Thread.sleep(random.nextInt(400));
      demo.kill();
    }
  }

  private static void requireBalanced(Path report) throws IOException {
    JsonNode json = new ObjectMapper().readTree(report.toFile());
    for (String ledger : List.of("impressions", "rewards")) {
      assertThat(json.get("ledgers").get(ledger).get("gap").asLong()).as(ledger).isZero();
    }
    assertThat(json.get("log").get("held").asLong()).isZero();
  }

  private static void requireWholeFiles(Path catalogues) throws IOException {
    assertThat(temporary(catalogues)).isEmpty();
    for (String version : List.of(FIRST, "v2")) {
      assertThat(
              CatalogueFile.load(catalogues.resolve(version + ".catalogue")).catalogue().version())
          .isEqualTo(version);
    }
    assertThat(catalogues.resolve("v2.catalogue.partition")).exists();
  }

  private static void requireOneLineOfResults(Path data) throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(0, data.resolve("kafka"))) {
      CommittedRecords records = new CommittedRecords(KafkaSettings.of(broker.bootstrapServers()));
      Set<String> outcomes = new HashSet<>();
      for (Feedback feedback : records.of("feedback", Feedback.class)) {
        assertThat(outcomes.add(feedback.getImpressionId())).isTrue();
      }
      assertThat(outcomes).isNotEmpty();
      String parent = "";
      String catalogue = "";
      long version = 0;
      for (PolicyCheckpoint checkpoint : records.of("policy-checkpoints", PolicyCheckpoint.class)) {
        assertThat(checkpoint.getVersion()).isEqualTo(++version);
        assertThat(checkpoint.getParentSha256()).isEqualTo(parent);
        parent = checkpoint.getSha256();
        assertThat(checkpoint.getCatalogueVersion())
            .isIn(catalogue.equals("v2") ? Set.of("v2") : Set.of(FIRST, "v2"));
        catalogue = checkpoint.getCatalogueVersion();
      }
      assertThat(catalogue).isEqualTo("v2");
      List<ValueEstimate> estimates = records.of("value-estimates", ValueEstimate.class);
      assertThat(estimates)
          .anyMatch(e -> e.getPolicy().equals("clpi") && e.getVersion() > 0 && e.getN() > 0)
          .anyMatch(e -> e.getNewItemMass() != null && e.getNewItemMass() > 0);
    }
  }

  private static Process build(Path data, Path items, Instant from) throws IOException {
    return OwnProcess.command(
            List.of("-Xmx512m"),
            "catalogue",
            "build",
            "--items",
            items.toString(),
            "--out",
            data.resolve("catalogue").toString(),
            "--version",
            "v2",
            "--space",
            SPACE,
            "--index",
            "none",
            "--effective-from",
            from.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The items of the world and some more in the same directions. */
  private static void writeItems(Path data, Path file) throws IOException {
    ItemCatalogue world =
        CatalogueFile.load(data.resolve("catalogue").resolve(FIRST + ".catalogue")).catalogue();
    StringBuilder text = new StringBuilder("item_id");
    for (int l = 0; l < DIMENSION; l++) {
      text.append(",c").append(l);
    }
    text.append('\n');
    for (int a = 0; a < ITEMS + ADDED; a++) {
      text.append(a < ITEMS ? world.idOf(a) : "added-" + a);
      for (double component : world.embeddings().vector(a % ITEMS)) {
        text.append(',').append((float) component * (a < ITEMS ? 1 : 1.01f));
      }
      text.append('\n');
    }
    Files.writeString(file, text);
  }

  private static List<Path> temporary(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }
}
