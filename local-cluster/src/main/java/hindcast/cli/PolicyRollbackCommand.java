package hindcast.cli;

import hindcast.avro.PolicyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a command of this kind. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Deploys an earlier version again; learning goes on from its parameters and its optimiser state.",
    footer = {"", "Example: hindcast policy rollback clpi/greedy 4 --reason 'worse since noon'"})
final class PolicyRollbackCommand implements Callable<Integer> {

  @Mixin private PolicyRequest request;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return request.send(PolicyCommand.ROLLBACK, spec);
  }
}
