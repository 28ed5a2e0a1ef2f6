package hindcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.local.LocalStartException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
  private static final String TINY_GRADIENT =
      "gradient --items 600 --dimension 8 --batch 16 --rounds 2 --repetitions 3 --minibatches 2"
          + " --steps 20";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void countsEveryEventAndPredictsTheState() throws Exception {
    Path json = folder.resolve("propensity.json");
    assertThat(run("propensity --events 200000 --segments 5000 --items 10 --json " + json))
        .as(err.toString())
        .isZero();
    JsonNode results = new ObjectMapper().readTree(json.toFile()).get("results");
    assertThat(results).hasSize(4);
    for (JsonNode result : results) {
      assertThat(result.get("lost").asLong()).isZero();
      assertThat(result.get("eventsPerSecond").asDouble()).isPositive();
      assertThat(result.get("stateBytes").asDouble())
          .isBetween(
              result.get("predictedBytes").asDouble(),
              result.get("predictedBytes").asDouble() * 1.03 + 20_000);
    }
    assertThat(out.toString()).contains("zipf 1.0", "window");
  }

  @Test
  void comparesEveryEstimator() throws Exception {
    Path json = folder.resolve("gradient.json");
    assertThat(run(TINY_GRADIENT + " --json " + json)).as(err.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("items").asInt()).isEqualTo(600);
    assertThat(report.get("limits").get("gemmCachedGflops").asDouble()).isPositive();
    assertThat(report.get("stages")).hasSize(3);
    Set<String> estimators = new TreeSet<>();
    for (JsonNode result : report.get("results")) {
      estimators.add(result.get("estimator").asText());
      assertThat(result.get("cpuMsPerMinibatch").asDouble()).isPositive();
      assertThat(result.get("relativeMse").asDouble()).isNotNegative();
      assertThat(result.get("cosine").asDouble()).isBetween(-1.0000001, 1.0000001);
      assertThat(result.get("biasSquared").isNumber()).isTrue();
      if (result.get("estimator").asText().equals("EXACT")) {
        assertThat(result.get("relativeMse").asDouble()).isLessThan(1e-8);
      }
    }
    assertThat(estimators)
        .containsExactly(
            "AUTO", "EXACT", "MIXTURE", "PARTITION", "REINFORCE", "TOPK_TAIL", "UNIFORM");
    assertThat(report.get("results")).hasSize(Contender.ALL.size() * 3 * 4);
    assertThat(out.toString()).contains("PARTITION fast", "half-way", "logged-item");
    for (Reward reward : Reward.values()) {
      assertThat(folder.resolve("gradient-" + reward.text() + ".png")).isNotEmptyFile();
    }
  }

  @Test
  void comparesIndexes() throws Exception {
    Path json = folder.resolve("index.json");
    String arguments = "index --items 900 --dimension 8 --queries 20 --rounds 2 --json " + json;
    assertThat(run(arguments)).as(err.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    Set<String> indexes = new TreeSet<>();
    for (JsonNode result : report.get("results")) {
      indexes.add(result.get("index").asText());
      assertThat(result.get("recall").asDouble()).isBetween(0.02, 1.0);
      if (result.get("index").asText().equals("exact")) {
        assertThat(result.get("recall").asDouble()).isEqualTo(1);
      }
    }
    assertThat(indexes).containsExactly("exact", "hnsw", "partition");
    assertThat(folder.resolve("index-top32.png")).isNotEmptyFile();
    assertThat(folder.resolve("index-top256.png")).isNotEmptyFile();
  }

  @Test
  void drawsLearningCurves() throws Exception {
    Path json = folder.resolve("learn.json");
    String arguments =
        "learn --items 600 --dimension 8 --steps 120 --every 40 --seeds 2 --estimators"
            + " exact,partition --json "
            + json;
    assertThat(run(arguments)).as(err.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("curves")).hasSize(8);
    double before = report.get("start").get("expectedReward").asDouble();
    for (JsonNode summary : report.get("summary")) {
      assertThat(summary.get("expectedReward").asDouble()).isGreaterThan(2 * before);
    }
    assertThat(folder.resolve("learn-steps.png")).isNotEmptyFile();
    assertThat(folder.resolve("learn-cpu.png")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gradient --items 3",
        "gradient --items many",
        "gradient --dimension 1",
        "gradient --items 2000000 --dimension 2000",
        "gradient --data nonsense",
        "gradient --data no/such/file.npy",
        "gradient --data gowalla --data-dir no/such/folder",
        "gradient --items 100 --perplexity 10,20",
        "gradient --items 100 --perplexity 0.5",
        "gradient --estimators nonsense",
        "gradient --rounds 0",
        "gradient --json no/such/folder/out.json",
        "gradient --cache no/such/folder",
        "gradient --peer --peer-python no/such/python",
        "index --queries 0",
        "learn --seeds 0",
        "learn --learning-rate 0",
        "learn --items 100 --start-perplexity 100",
      })
  void saysWhatIsWrongInOneLineAndExitsWithTwo(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("hindcast: "))).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void printsThePeerBesideItsOwn() throws Exception {
    assumeTrue(hasPeer(), "the peer needs python3-torch and python3-faiss");
    Path json = folder.resolve("peer.json");
    assertThat(run(TINY_GRADIENT + " --estimators EXACT,MIXTURE --peer --json " + json))
        .as(err.toString())
        .isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("peer").asText()).contains("torch", "OPENBLAS_CORETYPE");
    int results = 0;
    for (JsonNode result : report.get("results")) {
      if (result.get("source").asText().equals("torch")) {
        results++;
        if (result.get("estimator").asText().equals("EXACT")) {
          assertThat(result.get("relativeMse").asDouble()).isLessThan(1e-6);
        }
      }
    }
    assertThat(results).isEqualTo(6);
    assertThat(out.toString()).contains("torch MIXTURE as published");
  }

  @Test
  void keepsIndexesInItsCache() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    String arguments = "index --items 900 --dimension 8 --queries 5 --rounds 1 --cache " + cache;
    assertThat(run(arguments)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("built");
    out.getBuffer().setLength(0);
    assertThat(run(arguments)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("read in").doesNotContain("built");
  }

  private static boolean hasPeer() {
    try {
      return Peer.find(null, null) != null;
    } catch (LocalStartException e) {
      return false;
    }
  }

  private int run(String arguments) {
    CommandLine command = hindcast.cli.Hindcast.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(("bench " + arguments).strip().split(" ", -1));
  }
}
