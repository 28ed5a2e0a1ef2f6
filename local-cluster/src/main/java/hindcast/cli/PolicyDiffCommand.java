package hindcast.cli;

import hindcast.control.PolicyVersion;
import hindcast.local.policy.PolicyPages;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What differs between two versions. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = VersionProvider.class,
    description =
        "Compares two versions of a policy: configuration, norm of the parameters and of their"
            + " difference, estimates.",
    footer = {"", "Example: hindcast policy diff clpi 4 8 --bootstrap localhost:9092"})
final class PolicyDiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "POLICY", description = "The policy, such as clpi.")
  private String policy;

  @Parameters(index = "1", paramLabel = "VERSION", description = "One version.")
  private long one;

  @Parameters(index = "2", paramLabel = "VERSION", description = "The other.")
  private long other;

  @Mixin private PolicyOptions source;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    String line = policy.split("/", 2)[0];
    return source.use(
        checkpoint ->
            checkpoint.getPolicyId().equals(line)
                && (checkpoint.getVersion() == one || checkpoint.getVersion() == other),
        (book, kafka) -> {
          PolicyVersion first = book.find(policy, one);
          PolicyVersion second = book.find(policy, other);
          PrintWriter out = spec.commandLine().getOut();
          new PolicyPages(book).diff(first, second).forEach(out::println);
          out.flush();
          return 0;
        });
  }
}
