package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer is killed (SIGKILL) at a random moment; what is left must start again. */
class CatalogueKillTest {
  private static final int KILLS = 5;

  @TempDir Path directory;

  @Test
  void aKilledWriterLeavesWholeFilesAndTheNextOneCleansUp() throws Exception {
    Random random = new Random(17);
    CatalogueStore store = new CatalogueStore(Duration.ofHours(1));
    for (int kill = 0; kill < KILLS; kill++) {
      writeUntilKilled(random.nextInt(150));
      List<Path> catalogues = files(".catalogue");
      assertThat(catalogues).isNotEmpty();
      for (Path file : catalogues) {
        ItemCatalogue catalogue = CatalogueFile.load(file).catalogue();
        int round = Integer.parseInt(catalogue.version().substring(1));
        assertThat(catalogue.indexOf(round + "-19999")).isEqualTo(19_999);
        assertThat(catalogue.embeddings().vector(777)).containsOnly(round);
      }
      CatalogueManifest again =
          CatalogueFile.write(
              directory.resolve("v0.catalogue"), CatalogueWriterProcess.catalogue(4000 + kill), 0);
      ManifestFile.write(again);
      assertThat(files(".tmp")).isEmpty();
      try (CatalogueStore.Lease lease = store.acquire(ManifestFile.read(file(again)))) {
        assertThat(lease.catalogue().version()).isEqualTo("v" + (4000 + kill));
      }
    }
  }

  private static Path file(CatalogueManifest manifest) {
    return Path.of(manifest.getLocation());
  }

  private void writeUntilKilled(int afterMillis) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CatalogueWriterProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("written 0");
      Thread.sleep(afterMillis);
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
