package hindcast.cli;

import hindcast.avro.PolicyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a command of this kind. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description = "Evaluates a version until it is closed, however many others are open.",
    footer = {"", "Example: hindcast policy open clpi 12"})
final class PolicyOpenCommand implements Callable<Integer> {

  @Mixin private PolicyRequest request;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return request.send(PolicyCommand.OPEN, spec);
  }
}
