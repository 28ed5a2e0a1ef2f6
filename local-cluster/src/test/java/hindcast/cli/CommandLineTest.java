package hindcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-such-command",
        "config --no-such-flag",
        "config --config no/such/file.yaml",
        "config --set reward.windw=10s",
        "config --set reward.window=ten",
        "config --set nonsense",
        "config --evaluate table:no/such/file.csv",
        "config --evaluate nonsense",
        "config --evaluate always:",
        "config --evaluate epsilon:0.1",
        "config --evaluate epsilon:2:always:7",
        "config --evaluate epsilon:x:always:7",
        "config --evaluate epsilon:0.1:uniform",
        "config --evaluate greedy:no-such-policy",
        "demo --duration never",
        "demo --rate 0 --port 0",
        "demo --items 1 --port 0",
        "demo --items no/such/items.csv --port 0",
        "demo --log no/such/log.csv",
        "demo --report no/such/folder/report.json --port 0",
        "demo --port 99999",
        "replay --format obd",
        "replay --format nonsense --log pom.xml",
        "replay --format obd --log no/such/log.csv",
        "replay --format obd --log pom.xml",
        "replay --format obd --log pom.xml --items no/such/items.csv",
        "replay --format obd --log pom.xml --report no/such/folder/report.json",
        "replay --format obd --log pom.xml --certificate no/such/folder/run.json",
        "replay --format csv --log pom.xml",
        "replay --format csv --mapping no/such/mapping.yaml --log pom.xml",
        "replay --format csv --mapping pom.xml --log pom.xml",
        "replay --format obd --mapping pom.xml --log pom.xml",
        "replay --verify no/such/run.json",
        "replay --verify pom.xml",
        "replay --verify pom.xml --format obd --log pom.xml",
        "simulate --out target/made",
        "simulate --from-labels pom.xml --out target/made",
        "simulate --from-labels no/such/rows.csv --out target/made",
        "simulate --from-ratings pom.xml --out target/made",
        "policy rank pom.xml --format csv --log pom.xml",
        "validate",
        "validate pom.xml",
        "validate --format nonsense pom.xml",
        "validate --format obd no/such/log.csv",
        "validate --format obd pom.xml",
        "validate --format obd src",
        "validate --format dsjson pom.xml --json no/such/folder/report.json",
        "validate --format dsjson pom.xml --difference 0",
        "validate --format dsjson pom.xml --evaluate table:no/such/file.csv",
        "validate --format dsjson pom.xml --set reward.windw=10s",
        "config --learn no-such-objective!",
        "policy",
        "policy list --set kafka.bootstrap-servers=",
        "policy show",
        "policy promote",
        "policy promote clpi x",
        "policy rollback clpi 1 --at soon",
        "catalogue",
        "catalogue build",
        "catalogue build --items no/such/items.npy --out target/catalogues",
        "catalogue build --items pom.xml --out target/catalogues",
        "catalogue build --items pom.xml --ids pom.xml --out target/catalogues",
        "catalogue build --items items.csv --out pom.xml",
        "catalogue build --items items.csv --out target/catalogues --version a/b",
        "catalogue build --items items.csv --out target/catalogues --dimension 0",
        "catalogue build --items items.csv --out target/catalogues --index graph",
        "catalogue build --items items.csv --out target/catalogues --effective-from today",
        "catalogue info no/such.catalogue",
        "catalogue info pom.xml",
        "catalogue info src",
        "catalogue verify no/such.catalogue",
        "catalogue verify pom.xml",
        "catalogue verify src",
      })
  void saysWhatIsWrongInOneLineAndExitsWithTwo(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).startsWith("hindcast: ").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void printsTheEffectiveConfiguration() throws Exception {
    Path table = Files.writeString(folder.resolve("bts.csv"), "item_id,position_1\n7,0.5\n");
    assertThat(
            run(
                "config --learn clpi --evaluate uniform --evaluate always:7 --evaluate table:"
                    + table
                    + " --evaluate epsilon:0.1:always:7 --evaluate greedy:table:"
                    + table
                    + " --evaluate epsilon:0.1:clpi"
                    + " --set reward.window=10s"))
        .isZero();
    assertThat(out.toString())
        .contains(
            "window: 10s", "id: clpi", "objective: CLPI", "id: table", "item: 7", table.toString())
        .contains("id: epsilon-0.1-always-7", "id: greedy-table", "greedy", "epsilon:0.1");
    Path file = Files.writeString(folder.resolve("hindcast.yaml"), out.toString());
    String first = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run("config --config " + file)).isZero();
    assertThat(out.toString()).isEqualTo(first);
  }

  @Test
  void buildsShowsAndVerifiesACatalogue() throws Exception {
    Path items =
        Files.writeString(folder.resolve("items.csv"), "item_id,f,g\na,3,4\nb,0,0\nc,3,4\n");
    String build = "catalogue build --items " + items + " --out " + folder;
    assertThat(run(build + " --version v1 --space s --dimension 2 --index partition")).isZero();
    assertThat(out.toString())
        .contains("3 x 2", "partitioned", "zero vectors     1", "repeated vectors 1", "max 5");
    assertThat(run("catalogue info " + folder)).isZero();
    assertThat(out.toString()).contains("embedding space  s", "effective from   the beginning");
    assertThat(run("catalogue verify " + folder)).isZero();
    assertThat(out.toString()).contains("as its manifest says");

    assertThat(run(build + " --version v1 --space s --index none")).isZero();
    assertThat(run(build + " --version v1 --space other")).isEqualTo(2);
    assertThat(err.toString()).contains("version v1 is there with other content");
    assertThat(run(build + " --dimension 3")).isEqualTo(2);
    assertThat(err.toString()).contains("must have dimension 3 as --dimension says: 2");
    Files.writeString(items, "item_id,f\na,3\nb,NaN\n");
    err.getBuffer().setLength(0);
    assertThat(run(build)).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("items.csv: line 3 column 2 must be a finite number: 'NaN'");
  }

  @Test
  void aDamagedCatalogueIsNamed() throws Exception {
    Path items = Files.writeString(folder.resolve("items.csv"), "a,3,4\nb,0,0\n");
    String build = "catalogue build --items " + items + " --out " + folder;
    assertThat(run(build + " --version v1 --effective-from 2026-01-31T00:00:00Z")).isZero();
    assertThat(out.toString()).contains("effective from   2026-01-31T00:00:00Z");
    assertThat(run(build + " --version v2")).isZero();
    Path file = folder.resolve("v1.catalogue");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(run("catalogue verify " + folder)).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("hindcast: CORRUPT")
        .contains("v1.catalogue");
    assertThat(out.toString()).contains("v2.catalogue: whole");
    assertThat(run(build + " --version v1")).isEqualTo(2);
    assertThat(err.toString()).contains("is there and broken, remove it first");
  }

  @Test
  void listsEveryMethod() {
    assertThat(run("methods")).isZero();
    assertThat(out.toString()).contains("Estimators", "  CIPS_CAP ", "mean(min(w, cap) r)");
    out.getBuffer().setLength(0);
    assertThat(run("methods --markdown")).isZero();
    assertThat(out.toString()).startsWith("# Methods\n").contains("| `CLPI` | ");
  }

  @Test
  void hasHelpAndVersion() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "config");
    out.getBuffer().setLength(0);
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("hindcast \\d+\\.\\d+\\.\\d+.*\\R");
  }

  private int run(String arguments) {
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
  }

  @Test
  void everyCommandExplainsItself() {
    assertThat(explain(Hindcast.commandLine(), List.of())).isGreaterThan(10);
  }

  private int explain(CommandLine command, List<String> path) {
    int explained = 0;
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      List<String> name = new ArrayList<>(path);
      name.add(sub.getKey());
      List<String> arguments = new ArrayList<>(name);
      arguments.add("--help");
      assertThat(run(String.join(" ", arguments))).as(String.join(" ", name)).isZero();
      explained += 1 + explain(sub.getValue(), name);
    }
    return explained;
  }
}
