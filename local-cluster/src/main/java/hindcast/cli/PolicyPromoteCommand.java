package hindcast.cli;

import hindcast.avro.PolicyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a command of this kind. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = "Deploys a version: serving loads it, and the one before becomes the champion.",
    footer = {"", "Example: hindcast policy promote clpi/greedy 8 --reason 'gate passed'"})
final class PolicyPromoteCommand implements Callable<Integer> {

  @Mixin private PolicyRequest request;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return request.send(PolicyCommand.PROMOTE, spec);
  }
}
