package hindcast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Catalogue files: the items and their embeddings as jobs load them. */
@Command(
    name = "catalogue",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Builds, shows, verifies and publishes catalogue files: the items and their embeddings as jobs load"
            + " them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CatalogueBuildCommand.class,
      CatalogueInfoCommand.class,
      CatalogueVerifyCommand.class,
      CataloguePublishCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  hindcast catalogue build --items items.npy --ids ids.txt --out catalogues",
      "  hindcast catalogue info catalogues",
      "  hindcast catalogue verify catalogues/v7.catalogue",
      "  hindcast catalogue publish catalogues/v7.catalogue --bootstrap localhost:9092"
    })
final class CatalogueCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say which command: build, info, verify or publish");
  }
}
