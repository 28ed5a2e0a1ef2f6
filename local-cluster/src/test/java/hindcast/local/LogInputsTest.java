package hindcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogInputsTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("b.csv", "a.csv", "day/c.csv.gz", "_SUCCESS", ".a.crc")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Files.createDirectories(folder.resolve("_temporary"));
    Files.writeString(folder.resolve("_temporary/d.csv"), "d");
  }

  @Test
  void aDirectoryIsAllFilesBelowThatAreNotHidden() {
    assertThat(found(folder.toString())).containsExactly("a.csv", "b.csv", "day/c.csv.gz");
  }

  @Test
  void patternsAndFilesInTheOrderInWhichTheyAreNamedEachOnce() {
    assertThat(found(folder + "/b.csv", folder + "/*.csv", folder.toString()))
        .containsExactly("b.csv", "a.csv", "day/c.csv.gz");
    assertThat(found(folder + "/**.gz")).containsExactly("day/c.csv.gz");
    assertThat(found(folder + "/{a,b}.csv")).containsExactly("a.csv", "b.csv");
  }

  @Test
  void standardInputIsAFileUntilItIsClosed() throws Exception {
    InputStream in = new ByteArrayInputStream("lines".getBytes(StandardCharsets.UTF_8));
    Path copy;
    try (LogInputs inputs = LogInputs.of("--log", List.of("-"), in)) {
      copy = inputs.files().get(0);
      assertThat(copy).hasContent("lines");
      assertThat(inputs.name(copy)).isEqualTo("-");
      assertThat(inputs.title()).isEqualTo("standard input");
    }
    assertThat(copy).doesNotExist();
  }

  @Test
  void aPipeIsCopiedAndKeepsItsName() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is not there");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer = new ProcessBuilder("/bin/sh", "-c", "printf lines > " + pipe).start();
    try (LogInputs inputs =
        LogInputs.of("--log", List.of(pipe.toString()), InputStream.nullInputStream())) {
      Path copy = inputs.files().get(0);
      assertThat(copy).isRegularFile().hasContent("lines");
      assertThat(inputs.name(copy)).isEqualTo(pipe.toString());
      assertThat(inputs.title()).isEqualTo("pipe");
    }
    assertThat(writer.waitFor()).isZero();
  }

  @Test
  void whatNamesNoFileIsRefused() {
    assertThatThrownBy(() -> found(folder + "/*.json"))
        .isInstanceOf(LocalStartException.class)
        .hasMessage("--log names no file: " + folder + "/*.json");
    assertThatThrownBy(() -> found(folder + "/nothing.csv"))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining("--log file cannot be read");
    assertThatThrownBy(() -> found(folder + "/_temporary/*.gz"))
        .isInstanceOf(LocalStartException.class);
  }

  private List<String> found(String... names) {
    try (LogInputs inputs = LogInputs.of("--log", List.of(names), InputStream.nullInputStream())) {
      return inputs.files().stream().map(file -> folder.relativize(file).toString()).toList();
    }
  }
}
