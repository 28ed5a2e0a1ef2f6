package hindcast.alert;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.audit.FindingKind;
import hindcast.gate.GateOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert, finding and verdict has a section that says how sure it is and what to do. */
class RunbookTest {
  static Stream<String> names() {
    return Stream.of(AlertKind.values(), FindingKind.values(), GateOutcome.values())
        .flatMap(Arrays::stream)
        .map(Enum::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasASection(String name) throws IOException {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    int from = runbook.indexOf("\n## " + name + "\n");
    assertThat(from).as("section of " + name).isNotNegative();
    int to = runbook.indexOf("\n## ", from + 1);
    String section = runbook.substring(from, to < 0 ? runbook.length() : to);
    assertThat(section).contains("\n* How sure: ").contains("\n* What to do: ");
  }
}
