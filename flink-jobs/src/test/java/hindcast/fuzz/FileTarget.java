package hindcast.fuzz;

import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.ItemFile;
import hindcast.connectors.catalogue.ItemFiles;
import hindcast.connectors.catalogue.ManifestFile;
import hindcast.connectors.deadletter.DeadLetterJsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files whose readers refuse with an exception that names the file. */
final class FileTarget {
  private FileTarget() {}

  static String deadLetters(byte[] input) throws IOException {
    Path file = TemporaryFile.of("letters.json", input);
    try (DeadLetterJsonReader reader = new DeadLetterJsonReader(file)) {
      DeadLetterJsonReader.Entry entry = reader.next();
      while (entry != null) {
        entry = reader.next();
      }
      return FuzzTarget.ACCEPTED;
    } catch (IOException e) {
      FuzzTarget.requireMessage(e.getMessage(), file + " holds no dead letters: line ");
      return FuzzTarget.REFUSED;
    }
  }

  static String manifest(byte[] input) throws IOException {
    Path catalogue = TemporaryFile.path("manifest.catalogue");
    Files.write(ManifestFile.of(catalogue), input);
    try {
      ManifestFile.read(catalogue);
      return FuzzTarget.ACCEPTED;
    } catch (CatalogueException e) {
      FuzzTarget.requireMessage(e.getMessage(), catalogue.toString());
      return e.fault().name();
    }
  }

  static String csv(byte[] input) throws IOException {
    Path file = TemporaryFile.of("items.csv", input);
    try (ItemFile items = ItemFiles.csv(file)) {
      return readAll(items);
    } catch (IOException e) {
      FuzzTarget.requireMessage(e.getMessage(), file.toString());
      return FuzzTarget.REFUSED;
    }
  }

  static String npy(byte[] input) throws IOException {
    Path file = TemporaryFile.of("items.npy", input);
    try (ItemFile items = ItemFiles.npy(file, null)) {
      return readAll(items);
    } catch (IOException e) {
      FuzzTarget.requireMessage(e.getMessage(), file.toString());
      return FuzzTarget.REFUSED;
    }
  }

  private static String readAll(ItemFile items) throws IOException {
    items.read(done -> {});
    return FuzzTarget.ACCEPTED;
  }
}
