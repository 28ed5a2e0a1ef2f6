package hindcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.DifferenceToDeployed;
import hindcast.avro.GateCondition;
import hindcast.avro.GateResult;
import hindcast.avro.GateVerdict;
import hindcast.avro.SupportGap;
import hindcast.avro.TestForecast;
import hindcast.local.gate.DeployedLine;
import hindcast.local.gate.VerdictBook;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GateCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path report;

  @BeforeEach
  void writeReport() throws IOException {
    report = folder.resolve("report.json");
    ObjectNode tree = new ObjectMapper().createObjectNode();
    tree.set(
        VerdictBook.FIELD,
        VerdictBook.json(
            List.of(verdict(2, GateResult.PROMOTE, null), verdict(4, GateResult.HOLD, 1200.0))));
    Files.writeString(report, tree.toString());
  }

  private static GateVerdict verdict(long version, GateResult result, Double moreEvents) {
    boolean holds = result == GateResult.HOLD;
    return GateVerdict.newBuilder()
        .setPolicy("clpi")
        .setVersion(version)
        .setEventTimeMicros(1_574_553_600_000_000L)
        .setVerdict(result)
        .setCandidate(version / 2)
        .setLevel(.0304)
        .setSpent(.038)
        .setAlpha(.05)
        .setMargin(.001)
        .setN(12_345)
        .setEventsPerSecond(10)
        .setLoggingValue(.3)
        .setDifference(.02)
        .setStandardError(.004)
        .setLower(holds ? -.001 : .01)
        .setUpper(.03)
        .setEffectiveSampleSize(4_000)
        .setShare(.5)
        .setUplift(.02)
        .setSignificance(.05)
        .setSuccessLevel(.8)
        .setForecasts(List.of(new TestForecast(864_000.0, 86_400.0, .912, .954, .014, .008, .001)))
        .setChecks(
            List.of(
                new GateCondition("LOWER_BOUND", holds ? -.001 : .01, .001, !holds),
                new GateCondition("AGE_OF_DATA", 3.0, 86_400.0, true)))
        .setFindings(List.of())
        .setSegments(List.of())
        .setItems(holds ? List.of(new SupportGap("shoe", 40L, .01, .2, 12.0, .6)) : List.of())
        .setMoreEvents(moreEvents)
        .setDifferenceToDeployed(
            holds
                ? new DifferenceToDeployed("clpi", 2L, 1_100L, .005, .004, null, null, -.03, .04)
                : null)
        .build();
  }

  private int run(String... arguments) {
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(arguments);
  }

  @Test
  void printsTheNewestCandidateAndWhatItLacks() {
    assertThat(run("gate", "--policy", "clpi", "--report", report.toString())).isZero();
    assertThat(out.toString())
        .contains("HOLD  clpi version 4, candidate 2 of its gate, at 2019-11-24T00:00:00Z")
        .contains("+0.02000 in [-0.00100, +0.03000] at all times, 12,345 outcomes")
        .contains(
            "difference to clpi version 2, which is deployed, +0.00500 in [-0.03000, +0.04000] at"
                + " all times, 1,100 outcomes since")
        .contains("LOWER_BOUND")
        .contains("above 0.001000   MISSING")
        .contains("0.912")
        .contains("about 1,200 more events like these are needed")
        .contains("shoe");
  }

  @Test
  void printsAVersionAsJson() throws IOException {
    assertThat(run("gate", "--policy", "clpi", "--version", "2", "--json", "--report", report + ""))
        .isZero();
    JsonNode verdict = new ObjectMapper().readTree(out.toString());
    assertThat(verdict.path("verdict").asText()).isEqualTo("PROMOTE");
    assertThat(verdict.path("moreEvents").isNull()).isTrue();
    assertThat(verdict.path("differenceToDeployed").isNull()).isTrue();
    assertThat(verdict.path("forecasts").path(0).path("successProbability").asDouble())
        .isEqualTo(.912);
  }

  @Test
  void theLineOfWhatIsDeployedSaysWhatIsMissing() {
    assertThat(
            DeployedLine.of(
                new DifferenceToDeployed("uniform", 0L, 0L, null, null, null, null, null, null)))
        .isEqualTo("difference to uniform, which is deployed, not known yet, 0 outcomes since");
    assertThat(
            DeployedLine.of(
                new DifferenceToDeployed("uniform", 0L, 7L, .1, .2, null, null, null, null)))
        .contains("+0.10000 without an interval at all times, as propensities were estimated, 7");
  }

  @Test
  void saysWhatItHasInsteadOfWhatIsNotThere() {
    assertThat(run("gate", "--policy", "other", "--report", report.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no verdict on other: there are some on clpi 2, clpi 4");
    assertThat(run("gate", "--policy", "clpi")).isEqualTo(2);
    assertThat(err.toString()).contains("say where the verdicts are");
  }
}
