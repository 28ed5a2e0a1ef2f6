package hindcast.cli;

import hindcast.avro.PolicyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a command of this kind. */
@Command(
    name = "close",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = "Gives the final estimate of a version and evaluates it no more.",
    footer = {"", "Example: hindcast policy close clpi 2"})
final class PolicyCloseCommand implements Callable<Integer> {

  @Mixin private PolicyRequest request;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return request.send(PolicyCommand.CLOSE, spec);
  }
}
