package hindcast.cli;

import hindcast.jobs.config.ConfigPrinter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the effective configuration with its documentation. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Prints the effective configuration with its documentation, as YAML that --config reads.",
    footer = {"", "Example: hindcast config --learn clpi --set reward.window=10s > hindcast.yaml"})
final class ConfigCommand implements Callable<Integer> {

  @Mixin private PipelineOptions pipeline;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ConfigPrinter.print(pipeline.config(List.of(), List.of())));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
