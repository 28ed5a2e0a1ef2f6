package hindcast.local.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What replay says of a log that was made of labelled rows, beside the truth that was written. One
 * in twenty of the intervals may miss it, so they are taken twice as wide: four standard errors.
 */
class SimulateITCase {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void twiceTheIntervalHoldsTheTruthAndWhatIsLearnedBeatsTheLogger() throws Exception {
    Path rows = folder.resolve("rows.csv");
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,b,c,kind\n");
    for (int i = 0; i < 3_000; i++) {
      int kind = random.nextInt(4);
      for (int l = 0; l < 3; l++) {
        text.append(random.nextGaussian() + 2 * (kind >> l & 1)).append(',');
      }
      text.append("kind ").append(kind).append('\n');
    }
    Files.writeString(rows, text);
    check(rows, "kind", "jsonl", "6000", 0.4);
  }

  @Test
  void lettersOfTheUciRepository() throws Exception {
    String data = System.getenv("HINDCAST_DATA");
    assumeThat(data).as("HINDCAST_DATA names the folder of the real data").isNotNull();
    Path rows = Path.of(data, "uci", "letter-recognition.data.gz");
    assumeThat(rows).exists();
    check(rows, "first", "csv", "10000", 0.3);
  }

  private void check(Path rows, String label, String format, String events, double accuracy)
      throws Exception {
    Path out = folder.resolve("made");
    String words =
        run(
            "simulate --from-labels "
                + rows
                + " --label "
                + label
                + (format.equals("jsonl") ? " --json" : "")
                + " --events "
                + events
                + " --accuracy "
                + accuracy
                + " --seed 7 --out "
                + out);
    assertThat(words).contains("hindcast replay --format " + format, "hindcast policy rank");
    Path learn =
        Files.writeString(
            folder.resolve("learn.yaml"),
            "policies: [{id: clpi, objective: CLPI, minibatch: 64, learning-rate: 0.05}]\n");
    String log =
        " --format "
            + format
            + " --mapping "
            + out.resolve("mapping.yaml")
            + " --log "
            + out.resolve("log." + format);
    Path report = folder.resolve("report.json");
    run(
        "replay"
            + log
            + " --evaluate uniform --evaluate logging --evaluate table:"
            + out.resolve("table.csv")
            + " --learn "
            + learn
            + " --checkpoints "
            + out.resolve("checkpoints")
            + " --report "
            + report);

    JsonNode truth = MAPPER.readTree(out.resolve("truth.json").toFile());
    assertThat(truth.at("/values/logging").asDouble()).isBetween(accuracy - 1e-6, accuracy + 1e-6);
    TreeMap<String, JsonNode> estimates = new TreeMap<>();
    for (JsonNode estimate : MAPPER.readTree(report.toFile()).path("estimates")) {
      if (estimate.path("estimator").asText().equals("IPS")
          && estimate.path("segment").asText().equals("*")) {
        estimates.put(estimate.path("policy").asText(), estimate);
      }
    }
    for (String policy : List.of("uniform", "logging", "table")) {
      double value = truth.path("values").path(policy).asDouble();
      double lower = estimates.get(policy).path("lower").asDouble();
      double upper = estimates.get(policy).path("upper").asDouble();
      double half = (upper - lower) / 2;
      assertThat(value).as(policy).isBetween(lower - half, upper + half);
      assertThat(upper - lower).as(policy).isBetween(1e-3, 0.1);
    }
    assertThat(estimates.get("logging").path("value").asDouble())
        .isCloseTo(truth.path("loggedMean").asDouble(), org.assertj.core.data.Offset.offset(1e-9));

    Path ranked = folder.resolve("rank.json");
    run(
        "policy rank "
            + out.resolve("checkpoints").resolve("clpi.checkpoint")
            + log.replace("log." + format, "holdout." + format)
            + " --candidates all --k 1 --json "
            + ranked);
    assertThat(MAPPER.readTree(ranked.toFile()).at("/policies/0/precision").asDouble())
        .as("share of held-out rows whose class is first")
        .isGreaterThan(1.5 * accuracy);
  }

  private static String run(String arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(command.execute(arguments.split(" "))).as(arguments + "\n" + err).isZero();
    return out.toString();
  }
}
