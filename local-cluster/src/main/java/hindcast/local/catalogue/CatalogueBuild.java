package hindcast.local.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.catalogue.VectorSummary;
import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.catalogue.ItemFile;
import hindcast.connectors.catalogue.ItemFiles;
import hindcast.connectors.catalogue.ManifestFile;
import hindcast.connectors.catalogue.PackedItems;
import hindcast.local.LocalStartException;
import hindcast.local.screen.ProgressBar;
import hindcast.local.screen.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/**
 * Builds a catalogue file from the items of a user: reads them into packed order, orders them by a
 * partition if wanted, writes the file and then its manifest.
 */
public final class CatalogueBuild {
  private static final int PARTITION_FROM = 50_000;
  private static final long REDRAW_NANOS = 100_000_000;

  private final Settings settings;
  private final Screen screen;
  private final long start = System.nanoTime();
  private long drawn;

  /**
   * What is asked for; null where the default holds.
   *
   * @param items the user's file
   * @param ids ids of a .npy file
   * @param folder where the catalogue goes
   * @param version its version
   * @param space its embedding space
   * @param dimension the dimension it must have
   * @param partition whether it is ordered by a partition
   * @param effectiveFrom event time from which it holds
   */
  public record Settings(
      Path items,
      Path ids,
      Path folder,
      String version,
      String space,
      Integer dimension,
      Boolean partition,
      Instant effectiveFrom) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** Checks what can be checked before anything is read. */
    public Settings {
      if (version != null && !version.matches(NAME)) {
        throw new LocalStartException(
            "--version must be letters, digits, '.', '_' and '-', at most 100: " + version);
      }
      if (space != null && space.isBlank()) {
        throw new LocalStartException("--space must not be empty");
      }
      if (dimension != null && dimension < 1) {
        throw new LocalStartException("--dimension must be at least 1: " + dimension);
      }
      if (ids != null && !ending(items).equals("npy")) {
        throw new LocalStartException("--ids is for .npy files, others have their own: " + items);
      }
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new LocalStartException("--out must be a directory: " + folder);
      }
    }

    private static String ending(Path file) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  /** A build that shows its progress. */
  public CatalogueBuild(Settings settings, Screen screen) {
    this.settings = settings;
    this.screen = screen;
  }

  /**
   * Builds.
   *
   * @return the summary, line by line
   * @throws LocalStartException if the items are wrong or a version of this name is there already
   */
  public List<String> run() throws IOException {
    PackedItems items = read();
    PackedEmbeddings embeddings = items.embeddings();
    String version =
        settings.version() != null
            ? settings.version()
            : CatalogueVersion.of(items.ids(), embeddings);
    String space = settings.space() != null ? settings.space() : version;
    ItemCatalogue catalogue = new ItemCatalogue(version, space, items.ids(), embeddings);
    Path file = settings.folder().resolve(version + CatalogueFolder.ENDING);
    requireNew(file, catalogue);
    PartitionIndex partition = isPartitioned(catalogue) ? partition(embeddings) : null;
    progress("writing", 0);
    CatalogueManifest manifest = CatalogueFile.write(file, catalogue, partition, effectiveMicros());
    ManifestFile.write(manifest);
    progress("writing", 1);
    return summary(file, manifest, VectorSummary.of(embeddings), partition);
  }

  private PackedItems read() {
    try (ItemFile file = open()) {
      if (settings.dimension() != null && settings.dimension() != file.dimension()) {
        throw new LocalStartException(
            "%s: must have dimension %d as --dimension says: %d"
                .formatted(settings.items(), settings.dimension(), file.dimension()));
      }
      return file.read(progressOf("reading items"));
    } catch (NoSuchFileException e) {
      throw new LocalStartException("there is no such file: " + e.getFile(), e);
    } catch (IOException e) {
      throw new LocalStartException(e.getMessage(), e);
    }
  }

  private ItemFile open() throws IOException {
    Path items = settings.items();
    if (!Files.isRegularFile(items)) {
      throw new NoSuchFileException(items.toString());
    }
    return switch (Settings.ending(items)) {
      case "npy" -> ItemFiles.npy(items, settings.ids());
      case "csv" -> ItemFiles.csv(items);
      case "parquet" -> ParquetItemFile.of(items);
      default ->
          throw new LocalStartException("--items must end in .npy, .csv or .parquet: " + items);
    };
  }

  private boolean isPartitioned(ItemCatalogue catalogue) {
    return settings.partition() == null ? catalogue.size() >= PARTITION_FROM : settings.partition();
  }

  private PartitionIndex partition(PackedEmbeddings embeddings) {
    return PartitionIndex.builder(embeddings)
        .progress((phase, done, total) -> progress(phase, total == 0 ? 1 : (double) done / total))
        .build();
  }

  /** Jobs may be reading the version that is there: it may only be written again as it is. */
  private static void requireNew(Path file, ItemCatalogue catalogue) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String there;
    try {
      ItemCatalogue read = CatalogueFile.load(file).catalogue();
      there = CatalogueVersion.of(read.ids(), read.embeddings()) + " " + read.embeddingSpace();
    } catch (CatalogueException e) {
      throw new LocalStartException(
          "%s is there and broken, remove it first: %s".formatted(file, e.getMessage()), e);
    }
    String wanted =
        CatalogueVersion.of(catalogue.ids(), catalogue.embeddings())
            + " "
            + catalogue.embeddingSpace();
    if (!there.equals(wanted)) {
      throw new LocalStartException(
          "version %s is there with other content: name a new one (%s)"
              .formatted(catalogue.version(), file));
    }
  }

  private long effectiveMicros() {
    Instant from = settings.effectiveFrom();
    return from == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  private List<String> summary(
      Path file, CatalogueManifest manifest, VectorSummary vectors, PartitionIndex partition)
      throws IOException {
    List<String> lines = new ArrayList<>(CatalogueFolder.describe(file));
    if (partition != null) {
      lines.add(
          CatalogueFolder.line(
              "partition",
              "%,d clusters, head of %,d, %,d different vectors"
                  .formatted(
                      partition.clusters().count(), partition.headSize(), partition.distinct())));
    }
    double[] norms = vectors.norms();
    lines.add(CatalogueFolder.line("zero vectors", "%,d".formatted(vectors.zero())));
    lines.add(CatalogueFolder.line("repeated vectors", "%,d".formatted(vectors.repeated())));
    lines.add(
        CatalogueFolder.line(
            "norms",
            String.format(
                Locale.ROOT,
                "min %.3g, p10 %.3g, median %.3g, p90 %.3g, p99 %.3g, max %.3g",
                norms[0],
                norms[1],
                norms[2],
                norms[3],
                norms[4],
                norms[5])));
    lines.add(
        CatalogueFolder.line(
            "time", String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9)));
    lines.add(CatalogueFolder.line("manifest", ManifestFile.of(Path.of(manifest.getLocation()))));
    return lines;
  }

  private DoubleConsumer progressOf(String phase) {
    return done -> progress(phase, done);
  }

  private void progress(String phase, double done) {
    long now = System.nanoTime();
    if (screen.isLive() && (now - drawn > REDRAW_NANOS || done >= 1)) {
      drawn = now;
      screen.show(List.of(ProgressBar.line(phase, done)));
    }
  }
}
