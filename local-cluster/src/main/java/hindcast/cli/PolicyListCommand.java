package hindcast.cli;

import hindcast.local.LocalStartException;
import hindcast.local.policy.PolicyPages;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One line for each version. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Lists the versions that were evaluated, with data cut, hash, parent, step, estimate and"
            + " state, and the newest one.",
    footer = {"", "Example: hindcast policy list clpi --bootstrap localhost:9092"})
final class PolicyListCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "POLICY", description = "Only this policy line.")
  private String line;

  @Option(names = "--all", description = "Also versions that were never evaluated.")
  private boolean all;

  @Mixin private PolicyOptions source;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return source.use(
        checkpoint -> false,
        (book, kafka) -> {
          if (line != null && !book.versions().containsKey(line)) {
            throw new LocalStartException(
                "policy must be one of " + book.versions().keySet() + ": " + line);
          }
          PrintWriter out = spec.commandLine().getOut();
          new PolicyPages(book).list(line, all).forEach(out::println);
          out.flush();
          return 0;
        });
  }
}
