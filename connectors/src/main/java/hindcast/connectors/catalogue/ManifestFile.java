package hindcast.connectors.catalogue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.CatalogueManifest;
import hindcast.connectors.FileHash;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The manifest of a catalogue file beside it, as JSON with the fields of {@link CatalogueManifest}:
 * {@code v7.catalogue} has {@code v7.catalogue.json}. It is written after the file, so a manifest
 * names a file that is whole.
 */
public final class ManifestFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String ENDING = ".json";

  private ManifestFile() {}

  /** Where the manifest of a catalogue file lies. */
  public static Path of(Path catalogue) {
    return catalogue.resolveSibling(catalogue.getFileName() + ENDING);
  }

  /** Writes a manifest beside the file it names. */
  public static void write(CatalogueManifest manifest) throws IOException {
    ObjectNode fields =
        JSON.createObjectNode()
            .put("version", manifest.getVersion())
            .put("effectiveTimeMicros", manifest.getEffectiveTimeMicros())
            .put("location", manifest.getLocation())
            .put("sha256", manifest.getSha256())
            .put("count", manifest.getCount())
            .put("dimension", manifest.getDimension())
            .put("embeddingSpace", manifest.getEmbeddingSpace());
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fields);
    FileHash.writeAtomically(of(Path.of(manifest.getLocation())), out -> out.write(text));
  }

  /**
   * The manifest beside a catalogue file; it names that file, wherever both were moved to.
   *
   * @return null if there is none
   * @throws CatalogueException if it cannot be read or is no manifest
   */
  public static CatalogueManifest read(Path catalogue) throws IOException {
    Path file = of(catalogue);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonNode fields = JSON.readTree(file.toFile());
      return new CatalogueManifest(
          text(fields, "version"),
          number(fields, "effectiveTimeMicros"),
          catalogue.toAbsolutePath().toString(),
          text(fields, "sha256"),
          number(fields, "count"),
          Math.toIntExact(number(fields, "dimension")),
          text(fields, "embeddingSpace"));
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new CatalogueException(
          Fault.CORRUPT, "manifest of catalogue is damaged: " + file + ": " + line, e);
    }
  }

  private static String text(JsonNode fields, String name) {
    if (!fields.path(name).isTextual()) {
      throw new IllegalArgumentException(name + " must be a text: " + fields.path(name));
    }
    return fields.path(name).textValue();
  }

  private static long number(JsonNode fields, String name) {
    if (!fields.path(name).isIntegralNumber() || !fields.path(name).canConvertToLong()) {
      throw new IllegalArgumentException(name + " must be a whole number: " + fields.path(name));
    }
    return fields.path(name).longValue();
  }
}
