package hindcast.cli;

import hindcast.local.catalogue.CatalogueFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what catalogue files say of themselves. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Shows the headers of catalogue files and their manifests; the vectors are not read.",
    footer = {"", "Example: hindcast catalogue info catalogues"})
final class CatalogueInfoCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE|DIR", description = "A catalogue file, or a directory of them.")
  private Path path;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    for (Path file : CatalogueFolder.files(path)) {
      CatalogueFolder.describe(file).forEach(spec.commandLine().getOut()::println);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
