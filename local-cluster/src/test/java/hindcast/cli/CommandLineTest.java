package hindcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        "config --learn no-such-objective!",
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
                    + " --set reward.window=10s"))
        .isZero();
    assertThat(out.toString())
        .contains(
            "window: 10s", "id: clpi", "objective: CLPI", "id: table", "item: 7", table.toString());
    Path file = Files.writeString(folder.resolve("hindcast.yaml"), out.toString());
    String first = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run("config --config " + file)).isZero();
    assertThat(out.toString()).isEqualTo(first);
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
}
