package hindcast.cli;

import hindcast.local.catalogue.CatalogueBuild;
import hindcast.local.screen.Screen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Builds a catalogue file from a user's items. */
@Command(
    name = "build",
    sortOptions = false,
    description = {
      "Writes VERSION.catalogue and its manifest VERSION.catalogue.json into a directory, whole or not"
          + " at all.",
      "",
      ".npy      a matrix of <f4 or <f8, one row an item; ids are row numbers, or those of --ids",
      ".csv      a column item_id or id (or, without a header, the first), every other a number",
      ".parquet  a column item_id or id, and one list of numbers or a column for each dimension"
    },
    footer = {
      "",
      "Exit codes: 0 built, 1 failed, 2 the items or the options are wrong (one line says where).",
      "",
      "Examples:",
      "  hindcast catalogue build --items items.csv --out catalogues",
      "  hindcast catalogue build --items items.npy --ids ids.txt --out catalogues --version v7 \\",
      "    --space two-tower-3 --dimension 64 --effective-from 2026-01-31T00:00:00Z",
      "  hindcast catalogue build --items items.parquet --out catalogues --index none"
    })
final class CatalogueBuildCommand implements Callable<Integer> {
  @Mixin private HelpOption unusedHelp;

  @Option(
      names = "--items",
      required = true,
      paramLabel = "FILE",
      description = "The items: .npy, .csv or .parquet.")
  private Path items;

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description = "Ids of the rows of a .npy file, one a line.")
  private Path ids;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the catalogue file; made if it is not there.")
  private Path out;

  @Option(
      names = "--version",
      paramLabel = "NAME",
      description = "Version of the catalogue; items-HASH of its content by default.")
  private String version;

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description =
          "Name of the embedding space: versions in the same space can be swapped under a policy"
              + " while it learns. The version by default: a space of its own.")
  private String space;

  @Option(
      names = "--dimension",
      paramLabel = "L",
      description = "Refuses items of another dimension.")
  private Integer dimension;

  @Option(
      names = "--index",
      paramLabel = "partition|none",
      description =
          "partition: stores the vectors in the order of a k-means partition, so that a job loads it"
              + " instead of building it. By default from 50,000 items on.")
  private Index index;

  @Option(
      names = "--effective-from",
      paramLabel = "TIME",
      description =
          "Event time from which the version holds (ISO 8601, UTC); from the beginning by default.")
  private Instant effectiveFrom;

  @Spec private CommandSpec spec;

  /** What the file holds beside ids and vectors. */
  enum Index {
    /** The k-means partition. */
    PARTITION,
    /** Nothing. */
    NONE
  }

  @Override
  public Integer call() throws Exception {
    CatalogueBuild.Settings settings =
        new CatalogueBuild.Settings(
            items,
            ids,
            out,
            version,
            space,
            dimension,
            index == null ? null : index == Index.PARTITION,
            effectiveFrom);
    try (Screen screen = Screen.standard(System.getenv())) {
      new CatalogueBuild(settings, screen).run().forEach(spec.commandLine().getOut()::println);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
