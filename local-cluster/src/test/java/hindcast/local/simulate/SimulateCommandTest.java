package hindcast.local.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.cli.Hindcast;
import hindcast.connectors.checkpoint.PolicyCheckpointContent;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import hindcast.feedback.RewardRange;
import hindcast.local.policy.HeldOutRanking;
import hindcast.policy.PolicyParameters;
import hindcast.ranking.MeanRankingQuality;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void everyTrueValueIsThatOfTheRows() throws Exception {
    rows();
    assertThat(
            simulate(
                "--from-labels rows.csv --label 2 --accuracy 0.7 --events 50 --held-out 100 --rows 200"))
        .isZero();
    JsonNode truth = new ObjectMapper().readTree(folder.resolve("out/truth.json").toFile());
    assertThat(truth.path("rows").asInt()).isEqualTo(200);
    assertThat(truth.path("heldOut").asInt()).isEqualTo(100);
    JsonNode values = truth.path("values");
    assertThat(values.path("uniform").asDouble()).isEqualTo(0.5);
    assertThat(values.path("always:x").asDouble() + values.path("always:y").asDouble())
        .isBetween(1 - 1e-12, 1 + 1e-12);
    assertThat(values.path("table").asDouble()).isGreaterThan(0.8);
    assertThat(Files.readAllLines(folder.resolve("out/log.csv"))).hasSize(51);
    assertThat(Files.readAllLines(folder.resolve("out/holdout.csv"))).hasSize(101);
    byte[] first = Files.readAllBytes(folder.resolve("out/log.csv"));
    assertThat(
            simulate(
                "--from-labels rows.csv --label 2 --accuracy 0.7 --events 50 --held-out 100 --rows 200"))
        .isZero();
    assertThat(Files.readAllBytes(folder.resolve("out/log.csv"))).isEqualTo(first);
  }

  @Test
  void aMistakeIsNamed() throws Exception {
    rows();
    assertThat(simulate("--from-labels rows.csv --label colour")).isEqualTo(2);
    assertThat(err.toString()).contains("--label must be first, last, a column from 1 to 3");
    assertThat(simulate("--from-labels rows.csv --label first")).isEqualTo(2);
    assertThat(err.toString()).contains("row 1, column 2 must be a number: x");
    assertThat(simulate("--from-labels rows.csv --label 2 --accuracy 0.999")).isEqualTo(2);
    assertThat(err.toString()).contains("--accuracy: accuracy of the logging policy must be above");
    assertThat(simulate("--from-labels rows.csv --label 2 --accuracy 0.7 --rows 401")).isEqualTo(2);
    assertThat(err.toString()).contains("--rows must be at most the 320 that are not held out");
    assertThat(simulate("--from-labels rows.csv --label 2 --accuracy 0.7 --held-out 400"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--held-out: held-out rows must be at least 1 and fewer");
    assertThat(simulate("--label 2")).isEqualTo(2);
    assertThat(err.toString()).contains("name either --from-labels FILE or --from-ratings FILE");
  }

  @Test
  void ratingsAreEachInTheLogOnceAnEpoch() throws Exception {
    ratings();
    assertThat(ratingsLog("")).isZero();
    Set<String> cells = new HashSet<>();
    int relevant = 0;
    for (LogEntry entry : entries("out/log.csv")) {
      assertThat(entry.reject()).isNull();
      assertThat(entry.impression().getPropensity()).isNull();
      cells.add(entry.impression().getSlateId() + " " + entry.impression().getItemId());
      relevant += entry.rewards().size();
    }
    assertThat(cells).containsExactlyInAnyOrder("0 0", "0 2", "1 1");
    assertThat(relevant).isEqualTo(2 * 2);
    assertThat(Files.readAllLines(folder.resolve("out/items.csv")))
        .containsExactly(
            "item_id,f1,is_0,is_1,is_2",
            "0,1.0,0.5,0.0,0.0",
            "1,0.0,0.0,0.5,0.0",
            "2,0.0,0.0,0.0,0.5");
    Files.writeString(folder.resolve("users.txt"), "1 0\n");
    assertThat(ratingsLog("")).isEqualTo(2);
    assertThat(err.toString()).contains("--users must have 2 rows: it has 1 x 2");
  }

  @Test
  void aPolicyRanksTheItemsOfEachUser() throws Exception {
    ratings();
    assertThat(ratingsLog("")).isZero();
    double[] theta = {0, 0, 1, 1, 0, -1, 0, 2, 0};
    PolicyCheckpointContent content =
        new PolicyCheckpointContent(
            "p",
            1,
            "",
            "LPI",
            1,
            1,
            "c",
            "c",
            Map.of(),
            new PolicyParameters(3, 3, theta),
            new byte[0]);
    ItemCatalogue items =
        new ItemCatalogue(
            "c",
            "c",
            new String[] {"0", "1", "2"},
            PackedEmbeddings.ofRows(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3));
    HeldOutRanking listed = new HeldOutRanking(content, items, false, 1);
    HeldOutRanking all = new HeldOutRanking(content, items, true, 1);
    for (LogEntry entry : entries("out/holdout.csv")) {
      listed.add(entry);
      all.add(entry);
    }
    // User 0 prefers 0 to 2 and likes 0; user 1, for whom 1 is the best of all, was shown 0 and 2.
    MeanRankingQuality quality = listed.quality();
    assertThat(quality.users()).isEqualTo(2);
    assertThat(quality.withRelevant()).isEqualTo(2);
    assertThat(quality.mean().precision()).isEqualTo(1.0);
    assertThat(all.quality().mean().precision()).isEqualTo(0.5);
  }

  private List<LogEntry> entries(String file) throws Exception {
    LogFormat format =
        LogFormat.of(
            "csv",
            RewardRange.UNIT,
            new LogFormat.MappingText(
                "mapping.yaml", Files.readString(folder.resolve("out/mapping.yaml"))));
    List<LogEntry> entries = new java.util.ArrayList<>();
    try (LogReader reader = LogReader.open(format, folder.resolve(file))) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private void rows() throws Exception {
    Random random = new Random(5);
    StringBuilder rows = new StringBuilder("size,kind,weight\n");
    for (int i = 0; i < 400; i++) {
      boolean x = random.nextBoolean();
      rows.append(random.nextGaussian() + (x ? 3 : 0)).append(x ? ",x," : ",y,");
      rows.append(random.nextGaussian()).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
  }

  private void ratings() throws Exception {
    Files.writeString(folder.resolve("train.txt"), "5 0 1\n0 4 0\n");
    Files.writeString(folder.resolve("test.txt"), "4 0 2\n3 0 5\n");
    Files.writeString(folder.resolve("users.txt"), "1 0\n0 1\n");
    Files.writeString(folder.resolve("items.txt"), "1\n0\n0\n");
  }

  private int ratingsLog(String more) {
    return simulate(
        "--from-ratings train.txt --test-ratings test.txt --users users.txt --items items.txt"
            + " --item-ids 0.5 --epochs 2"
            + more);
  }

  private int simulate(String arguments) {
    err.getBuffer().setLength(0);
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    String placed = arguments.replaceAll("(\\w+\\.(csv|txt))", folder + "/$1");
    return command.execute(("simulate " + placed + " --out " + folder + "/out").split(" "));
  }
}
