package hindcast.cli;

import hindcast.methods.Method;
import hindcast.methods.MethodCatalogue;
import hindcast.methods.MethodTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists every method of the library. */
@Command(
    name = "methods",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Lists every estimator, interval, objective, criterion, gradient, propensity, reward model"
            + " and optimiser: formula, parameters, needed fields, use and source.")
final class MethodsCommand implements Callable<Integer> {

  @Option(names = "--markdown", description = "As Markdown; docs/methods.md is this.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Method> methods = MethodCatalogue.all();
    spec.commandLine()
        .getOut()
        .print(markdown ? MethodTable.markdown(methods) : MethodTable.text(methods));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
