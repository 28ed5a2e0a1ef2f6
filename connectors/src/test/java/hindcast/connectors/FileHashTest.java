package hindcast.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashTest {
  private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void theHashIsSha256() throws Exception {
    Path file = directory.resolve("new/deep/file");
    FileHash.writeAtomically(file, out -> out.write(CONTENT));
    assertThat(FileHash.sha256(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(FileHash.sha256(CONTENT));
  }

  @Test
  void aFailedWriteLeavesWhatWasThere() throws Exception {
    Path file = directory.resolve("file");
    FileHash.writeAtomically(file, out -> out.write(CONTENT));
    assertThatThrownBy(
            () ->
                FileHash.writeAtomically(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("half way");
                    }))
        .hasMessage("half way");
    assertOnly(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
  }

  @Test
  void aFullDiskLeavesNothing() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    Path file = directory.resolve("file");
    assertThatThrownBy(
            () ->
                FileHash.writeAtomically(
                    file,
                    out -> {
                      out.write(CONTENT);
                      try (FileOutputStream device = new FileOutputStream(full.toFile())) {
                        device.write(CONTENT);
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    assertThat(directory).isEmptyDirectory();
  }

  private void assertOnly(Path file) throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }
}
