package hindcast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.ValueWindows;
import hindcast.estimator.EstimatorSpec;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.PolicyScorer;
import hindcast.evaluation.ProgressiveValidation;
import hindcast.evaluation.SliceSums;
import hindcast.evaluation.StoredWindow;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.RewardRange;
import hindcast.local.estimates.WindowFile;
import hindcast.propensity.Propensity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code hindcast estimates} answers from a file of windows. */
class EstimatesCommandTest {
  private static final long HOUR = 3_600_000_000L;
  private static final int EVENTS = 1_000;
  private static final List<EstimatorSpec> ESTIMATORS =
      List.of(EstimatorSpec.parse("IPS"), EstimatorSpec.parse("SNIPS"));

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final double[] sums = new double[3];
  private Path file;

  @BeforeEach
  void threeHoursOfOnePolicy() throws Exception {
    file = folder.resolve("windows.avro");
    List<ValueWindow> windows = new ArrayList<>();
    for (int hour = 0; hour < 3; hour++) {
      windows.add(
          ValueWindows.record(
              new EvaluatedSlice("p", 0, "*"),
              new RewardRange(0, 10),
              new StoredWindow(hour * HOUR, (hour + 1) * HOUR, (hour + 1) * HOUR, 0, hour(hour))));
    }
    WindowFile.write(windows, file);
  }

  private SliceSums hour(int hour) {
    SliceSums window = new SliceSums(ESTIMATORS);
    ProgressiveValidation validation = new ProgressiveValidation(List.of("p"), false, 1);
    PolicyScorer scorer =
        (minibatch, scores) -> {
          for (int k = 0; k < minibatch.size(); k++) {
            scores.set(k, 0, .5);
          }
        };
    validation.open(0, Long.MIN_VALUE, scorer);
    Random random = new Random(hour);
    List<LoggedFeedback> events = new ArrayList<>();
    for (int k = 0; k < EVENTS; k++) {
      double reward = random.nextDouble();
      sums[hour] += reward / .4 * .5;
      events.add(feedback(hour * HOUR + k, reward));
    }
    validation.score(events, (slice, outcome) -> window.add(outcome, true));
    return window;
  }

  private static LoggedFeedback feedback(long time, double reward) {
    return new LoggedFeedback(
        "i" + time,
        time,
        "s",
        Context.dense(new float[] {1}),
        "item",
        0,
        null,
        "logging",
        0,
        reward,
        Propensity.logged(.4));
  }

  private int run(String... arguments) {
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }

  private int ask(String policy, String from, String to, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "estimates",
                "--policy",
                policy,
                "--from",
                from,
                "--to",
                to,
                "--file",
                file.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void anIntervalOfWholeWindowsIsTheirMerge() throws Exception {
    Path json = folder.resolve("answer.json");
    Path chart = folder.resolve("chart.png");
    int code =
        ask(
            "p",
            "1970-01-01T01:00:00Z",
            "1970-01-01T03:00:00Z",
            "--json",
            json.toString(),
            "--chart",
            chart.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    JsonNode answer = new ObjectMapper().readTree(json.toFile());
    assertThat(answer.get("widened").asBoolean()).isFalse();
    assertThat(answer.get("n").asInt()).isEqualTo(2 * EVENTS);
    assertThat(answer.get("estimates").get(0).get("value").asDouble())
        .isCloseTo(10 * (sums[1] + sums[2]) / (2 * EVENTS), within(1e-9));
    assertThat(answer.get("series")).hasSize(2);
    assertThat(out.toString())
        .contains("IPS", "SNIPS", "ESS", "disagree")
        .doesNotContain("widened");
    assertThat(Files.size(chart)).isGreaterThan(1_000);
  }

  @Test
  void anIntervalThatCutsWindowsIsWidenedAndSaysSo() {
    int code = ask("p", "1970-01-01T01:20:00Z", "1970-01-01T01:30:00Z", "--estimator", "snips");
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("widened to whole windows", Instant.EPOCH.plusSeconds(3600).toString())
        .contains("SNIPS")
        .doesNotContain("\nIPS");
  }

  @Test
  void whatCannotBeAnsweredIsOneLineAndExitCodeTwo() {
    assertThat(ask("q", "1970-01-01T01:00:00Z", "1970-01-01T02:00:00Z")).isEqualTo(2);
    assertThat(ask("p", "1970-01-01T02:00:00Z", "1970-01-01T01:00:00Z")).isEqualTo(2);
    assertThat(ask("p", "1980-01-01T02:00:00Z", "1980-01-02T01:00:00Z")).isEqualTo(2);
    assertThat(ask("p", "yesterday", "1980-01-02T01:00:00Z")).isEqualTo(2);
    assertThat(ask("p", "1970-01-01T01:00:00Z", "1970-01-01T02:00:00Z", "--version", "3"))
        .isEqualTo(2);
    assertThat(ask("p", "1970-01-01T01:00:00Z", "1970-01-01T02:00:00Z", "--estimator", "DM"))
        .isEqualTo(2);
    assertThat(run("estimates", "--policy", "p", "--from", "x")).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(7)
        .allMatch(line -> line.startsWith("hindcast: "))
        .anyMatch(line -> line.contains("known are p"));
  }
}
