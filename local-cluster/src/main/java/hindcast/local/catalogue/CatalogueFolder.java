package hindcast.local.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.catalogue.CatalogueInfo;
import hindcast.connectors.catalogue.ManifestFile;
import hindcast.local.LocalStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Catalogue files on disk, with their manifests beside them, as people look at them. */
public final class CatalogueFolder {
  /** How the names of catalogue files end. */
  static final String ENDING = ".catalogue";

  private CatalogueFolder() {}

  /** The file itself, or the catalogue files of a directory by name. */
  public static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> inside = Files.list(path)) {
      List<Path> files = inside.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      if (files.isEmpty()) {
        throw new LocalStartException(path + " must hold files named *" + ENDING);
      }
      return files;
    }
  }

  /** Header and manifest, line by line. */
  public static List<String> describe(Path file) throws IOException {
    try {
      CatalogueInfo info = CatalogueFile.info(file);
      CatalogueManifest manifest = ManifestFile.read(file);
      List<String> lines = new ArrayList<>();
      lines.add(file.toString());
      lines.add(line("version", info.version()));
      lines.add(line("embedding space", info.embeddingSpace()));
      lines.add(line("items", "%,d x %,d".formatted(info.count(), info.dimension())));
      lines.add(line("layout", info.layout()));
      lines.add(line("bytes", "%,d".formatted(info.bytes())));
      if (manifest == null) {
        lines.add(line("manifest", "none beside it"));
      } else {
        lines.add(line("sha256", manifest.getSha256()));
        lines.add(line("effective from", time(manifest.getEffectiveTimeMicros())));
      }
      return lines;
    } catch (CatalogueException e) {
      throw new LocalStartException(e.getMessage(), e);
    }
  }

  /**
   * Reads the whole file.
   *
   * @return what was found
   * @throws CatalogueException if it is not whole, or not the one its manifest names
   */
  public static String verify(Path file) throws IOException {
    long start = System.nanoTime();
    CatalogueManifest manifest = ManifestFile.read(file);
    CatalogueManifest found = CatalogueFile.describe(file, 0);
    if (manifest != null) {
      CatalogueFile.requireNamed(manifest, found);
    }
    return "%s: whole, %,d x %d, sha256 %s%s, %.2f s"
        .formatted(
            file,
            found.getCount(),
            found.getDimension(),
            found.getSha256(),
            manifest == null ? " (no manifest beside it)" : " as its manifest says",
            (System.nanoTime() - start) / 1e9);
  }

  /** An event time as people read it. */
  static String time(long micros) {
    return micros == 0
        ? "the beginning"
        : Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros)).toString();
  }

  /** A name and its value. */
  static String line(String name, Object value) {
    return String.format(Locale.ROOT, "  %-16s %s", name, value);
  }
}
