package hindcast.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every input of the corpus has the outcome its folder says; damaged ones have some outcome, and
 * none lets another exception escape.
 */
class CorpusTest {
  private static final int DAMAGES = 2;

  @TestFactory
  Stream<DynamicTest> eachHasTheOutcomeOfItsFolder() throws Exception {
    return inputs()
        .map(
            input ->
                DynamicTest.dynamicTest(
                    corpus().relativize(input).toString(),
                    () ->
                        assertThat(target(input).outcome(Files.readAllBytes(input)))
                            .isEqualTo(input.getParent().getFileName().toString())));
  }

  @TestFactory
  Stream<DynamicTest> damagedOnesHaveSomeOutcome() {
    return Arrays.stream(FuzzTarget.values())
        .map(target -> DynamicTest.dynamicTest(target.folder(), () -> damage(target)));
  }

  private static void damage(FuzzTarget target) throws Exception {
    Random random = new Random(20260104);
    List<Path> inputs = inputs().filter(input -> target(input) == target).toList();
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      byte[] whole = Files.readAllBytes(input);
      for (int round = 0; round < DAMAGES && whole.length > 0; round++) {
        byte[] bytes =
            Arrays.copyOf(whole, Math.max(0, whole.length - random.nextInt(2) * random.nextInt(9)));
        for (int k = 0; k <= random.nextInt(3) && bytes.length > 0; k++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        assertThat(target.outcome(bytes)).matches("[A-Z_]+");
      }
    }
  }

  private static FuzzTarget target(Path input) {
    String folder = corpus().relativize(input).getName(0).toString();
    return Arrays.stream(FuzzTarget.values())
        .filter(target -> target.folder().equals(folder))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Path> inputs() throws IOException {
    try (Stream<Path> files = Files.walk(corpus())) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  private static Path corpus() {
    try {
      return Path.of(CorpusTest.class.getResource("/corpus").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
