package hindcast.cli;

import hindcast.connectors.catalogue.CatalogueException;
import hindcast.local.catalogue.CatalogueFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads catalogue files whole, as a job would. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Reads catalogue files as a job would: sizes, checksums, numbers and ids; and the hash of"
            + " the manifest where there is one.",
    footer = {
      "",
      "Exit codes: 0 all are whole, 2 one is not (one line for each says what is wrong).",
      "",
      "Example: hindcast catalogue verify catalogues/v7.catalogue"
    })
final class CatalogueVerifyCommand implements Callable<Integer> {

  private static final int BROKEN = 2;

  @Parameters(paramLabel = "FILE|DIR", description = "A catalogue file, or a directory of them.")
  private Path path;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    int code = 0;
    for (Path file : CatalogueFolder.files(path)) {
      try {
        spec.commandLine().getOut().println(CatalogueFolder.verify(file));
      } catch (CatalogueException e) {
        code = BROKEN;
        spec.commandLine().getErr().println("hindcast: " + e.fault() + ": " + e.getMessage());
      }
    }
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().flush();
    return code;
  }
}
